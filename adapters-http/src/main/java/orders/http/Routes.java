package orders.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.ArrayList;
import java.util.List;
import orders.http.access.Access;
import orders.http.access.Gate;
import orders.http.access.Principal;
import orders.http.access.Usage;
import orders.http.jetty.ObservedRequest;
import orders.http.jetty.RequestMonitor;

/// What is served, by path and method, and to whom.
final class Routes {
  private final RoutesConfig javalin;
  private final Gate gate;
  private final RequestMonitor monitor;
  private final List<Route> routes = new ArrayList<>();

  Routes(RoutesConfig javalin, Gate gate, RequestMonitor monitor) {
    this.javalin = javalin;
    this.gate = gate;
    this.monitor = monitor;
  }

  /// Answers a request of somebody who may make it.
  @FunctionalInterface
  interface Answer {
    void to(Context context, Principal principal) throws Exception;
  }

  /// All that were added.
  List<Route> all() {
    return List.copyOf(routes);
  }

  /// For HEAD too. Left to Javalin, it would answer 200 wherever there is a GET, without asking its
  /// handler: for orders that do not exist, and to whoever checks the health of a server in
  /// trouble.
  void get(String path, Access access, Usage usage, Answer answer) {
    Handler handler = guarded(new Route(HandlerType.GET, path, access, usage), answer);
    javalin.get(path, observed(HandlerType.GET, path, handler));
    javalin.head(path, observed(HandlerType.HEAD, path, handler));
  }

  void post(String path, Access access, Usage usage, Answer answer) {
    Handler handler = guarded(new Route(HandlerType.POST, path, access, usage), answer);
    javalin.post(path, observed(HandlerType.POST, path, handler));
  }

  /// Around the guard, so that whom it turns away counts too.
  private Handler observed(HandlerType method, String path, Handler handler) {
    RequestMonitor.Route route = monitor.route(method.name(), path);
    return context -> {
      ObservedRequest.routed(context, route);
      handler.handle(context);
    };
  }

  private Handler guarded(Route route, Answer answer) {
    routes.add(route);
    return context -> answer.to(context, gate.admit(context, route.access()));
  }
}
