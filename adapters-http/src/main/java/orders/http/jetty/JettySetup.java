package orders.http.jetty;

import io.javalin.config.JettyConfig;
import orders.http.HttpSettings;
import orders.http.cors.CorsHeaders;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/// Jetty as this server needs it: handlers on virtual threads, nothing said about itself, and
/// nothing read in any other way than its sender meant.
public final class JettySetup {
  /// Selectors and acceptors; handlers run on virtual threads.
  private static final int PLATFORM_THREADS = 16;

  /// Nobody waits in line for a thread: [RequestsInFlight] refuses what is too much.
  private static final int UNBOUNDED = 0;

  /// Request line and headers together; a request line that is longer by itself is 414, else 431.
  private static final int MAX_HEAD_BYTES = 8 * 1024;

  private JettySetup() {}

  public static void configure(
      JettyConfig jetty, HttpSettings settings, Limits limits, RequestMonitor monitor) {
    jetty.threadPool = threads();
    jetty.modifyHttpConfiguration(http -> configure(http, settings));
    jetty.modifyServer(server -> {
      server.setStopTimeout(settings.stopTimeout().toMillis());
      server.setErrorHandler(new ProtocolErrors(monitor));
      server.insertHandler(new SoundPaths());
      server.insertHandler(new RequestsInFlight(limits.requests()));
      // The outermost.
      server.insertHandler(new ObservedRequests(monitor));
    });
    jetty.addConnector((server, http) -> {
      OrdersConnector connector = new OrdersConnector(server, http, limits);
      connector.setHost(settings.host());
      connector.setPort(settings.port());
      return connector;
    });
  }

  private static QueuedThreadPool threads() {
    VirtualThreadPool handlers = new VirtualThreadPool(UNBOUNDED);
    handlers.setName("http");
    QueuedThreadPool threads = new QueuedThreadPool(PLATFORM_THREADS);
    threads.setName("jetty");
    threads.setVirtualThreadsExecutor(handlers);
    return threads;
  }

  private static void configure(HttpConfiguration http, HttpSettings settings) {
    http.setSendServerVersion(false);
    http.setSendXPoweredBy(false);
    http.setRequestHeaderSize(MAX_HEAD_BYTES);
    // Lines that end in a line feed alone among it, which others read otherwise.
    http.setHttpCompliance(HttpCompliance.STRICT);
    http.addCustomizer(new MethodAsSent());
    http.addCustomizer(new SecurityHeaders());
    if (!settings.origins().origins().isEmpty()) {
      http.addCustomizer(new CorsHeaders(settings.origins()));
    }
  }
}
