package orders.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;

/// What is served, by path and method.
final class Routes {
  private final RoutesConfig javalin;

  Routes(RoutesConfig javalin) {
    this.javalin = javalin;
  }

  /// For HEAD too. Left to Javalin, it would answer 200 wherever there is a GET, without asking its
  /// handler: for orders that do not exist, and to whoever checks the health of a server in
  /// trouble.
  void get(String path, Handler handler) {
    javalin.get(path, handler);
    javalin.head(path, handler);
  }

  void post(String path, Handler handler) {
    javalin.post(path, handler);
  }
}
