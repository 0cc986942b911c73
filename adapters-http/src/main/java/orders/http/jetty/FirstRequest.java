package orders.http.jetty;

import java.util.concurrent.TimeUnit;
import orders.http.wire.HealthPaths;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Server;

/// A request that the server makes to itself before it takes any from outside.
///
/// Javalin makes what all requests share when the first one needs it, without a lock: of several
/// first requests at once one may get a 500 for an order. And classes that many virtual threads
/// load at once can block every thread that would run them.
final class FirstRequest {
  private static final String REQUEST =
      "GET " + HealthPaths.LIVE + " HTTP/1.1\r\nHost: self\r\n\r\n";
  private static final long PATIENCE_SECONDS = 30;

  private FirstRequest() {}

  /// Returns when it was answered. What made its thread see the answer makes every later request
  /// see what was made for it.
  static void handle(Server server) throws Exception {
    LocalConnector within = new LocalConnector(server);
    within.start();
    try {
      if (within.getResponse(REQUEST, PATIENCE_SECONDS, TimeUnit.SECONDS) == null) {
        throw new IllegalStateException("The server does not answer itself");
      }
    } finally {
      within.stop();
    }
  }
}
