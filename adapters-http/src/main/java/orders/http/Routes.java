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
import orders.http.cors.Preflight;
import orders.http.jetty.ObservedRequest;
import orders.http.jetty.RequestMonitor;

/// What is served, by path and method, and to whom.
final class Routes {
  private final RoutesConfig javalin;
  private final Gate gate;
  private final RequestMonitor monitor;
  private final Preflight preflight;
  private final List<Route> routes = new ArrayList<>();

  Routes(RoutesConfig javalin, Gate gate, RequestMonitor monitor, Preflight preflight) {
    this.javalin = javalin;
    this.gate = gate;
    this.monitor = monitor;
    this.preflight = preflight;
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

  /// What may be asked there, for anybody: whether they may ask it, they learn when they do.
  private void options(Context context, String path) {
    List<String> methods =
        routes.stream()
            .filter(route -> route.path().equals(path))
            .map(route -> route.method().name())
            .toList();
    String allowed = AllowedMethods.field(methods);
    context.status(204).header("Allow", allowed).res().setContentType(null);
    preflight.answer(context, allowed);
  }

  private Handler guarded(Route route, Answer answer) {
    if (routes.stream().noneMatch(other -> other.path().equals(route.path()))) {
      Handler options = context -> options(context, route.path());
      javalin.options(route.path(), observed(HandlerType.OPTIONS, route.path(), options));
    }
    routes.add(route);
    return context -> answer.to(context, gate.admit(context, route.access(), route.usage()));
  }
}
