package orders.http;

import io.javalin.config.JettyConfig;
import java.time.Duration;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/// Jetty as this server needs it: handlers on virtual threads, and nothing said about itself.
final class JettySetup {
  /// Selectors and acceptors; handlers run on virtual threads.
  private static final int PLATFORM_THREADS = 16;

  /// Requests handled at once. Most wait for a commit or for an order to end, at the cost of a
  /// parked virtual thread; those beyond wait in line.
  private static final int CONCURRENT_REQUESTS = 10_000;

  private JettySetup() {}

  /// @param idleTimeout how long a connection may say nothing, between requests or within one. A
  ///   request that is held does not count as idle, however long
  static void configure(JettyConfig jetty, HttpSettings settings, Duration idleTimeout) {
    jetty.threadPool = threads();
    jetty.modifyHttpConfiguration(JettySetup::quiet);
    jetty.modifyServer(server -> {
      server.setStopTimeout(settings.stopTimeout().toMillis());
      server.setErrorHandler(new ProtocolErrors());
    });
    jetty.addConnector((server, http) -> {
      ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
      connector.setHost(settings.host());
      connector.setPort(settings.port());
      connector.setIdleTimeout(idleTimeout.toMillis());
      return connector;
    });
  }

  private static QueuedThreadPool threads() {
    VirtualThreadPool handlers = new VirtualThreadPool(CONCURRENT_REQUESTS);
    handlers.setName("http");
    QueuedThreadPool threads = new QueuedThreadPool(PLATFORM_THREADS);
    threads.setName("jetty");
    threads.setVirtualThreadsExecutor(handlers);
    return threads;
  }

  private static void quiet(HttpConfiguration http) {
    http.setSendServerVersion(false);
    http.setSendXPoweredBy(false);
  }
}
