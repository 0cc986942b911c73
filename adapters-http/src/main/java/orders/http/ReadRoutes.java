package orders.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;

/// Adds what can be read.
final class ReadRoutes {
  private ReadRoutes() {}

  /// For HEAD too. Left to Javalin, it would answer 200 wherever there is a GET, without asking its
  /// handler: for orders that do not exist, and to whoever checks the health of a server in
  /// trouble.
  static void add(RoutesConfig routes, String path, Handler handler) {
    routes.get(path, handler);
    routes.head(path, handler);
  }
}
