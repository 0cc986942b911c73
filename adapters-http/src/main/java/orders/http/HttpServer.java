package orders.http;

import io.javalin.Javalin;
import io.javalin.util.JavalinBindException;
import java.io.Serial;
import java.util.List;
import java.util.concurrent.TimeoutException;
import orders.http.access.Authentication;
import orders.http.access.Gate;
import orders.http.jetty.JettySetup;
import orders.http.jetty.Limits;
import orders.http.wire.RequestBody;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Serves the API from start to stop, once. Safe from any thread.
public final class HttpServer {
  private static final Logger log = LoggerFactory.getLogger(HttpServer.class);

  private final HttpSettings settings;
  private final Javalin javalin;
  private List<Route> routes = List.of();
  private volatile int port;
  private volatile boolean stopping;

  public HttpServer(
      UseCases useCases,
      Authentication authentication,
      HttpSettings settings,
      Observability observability) {
    this(useCases, authentication, settings, observability, Limits.DEFAULT);
  }

  /// For tests that have neither half a minute nor ten thousand clients.
  HttpServer(
      UseCases useCases,
      Authentication authentication,
      HttpSettings settings,
      Observability observability,
      Limits limits) {
    this.settings = settings;
    this.javalin =
        Javalin.create(config -> {
          config.startup.showJavalinBanner = false;
          config.startup.showOldJavalinVersionWarning = false;
          config.startup.startupWatcherEnabled = false;
          config.http.prefer405over404 = true;
          config.http.maxRequestSize = RequestBody.MAX_BYTES;
          JettySetup.configure(config.jetty, settings, limits, observability.requests());
          Gate gate = new Gate(observability.accessBeside(authentication));
          Routes routes = new Routes(config.routes, gate, observability.requests());
          new OrderRoutes(useCases, settings.defaultCurrency(), limits.held()).addTo(routes);
          new HealthRoutes(useCases.checkReadiness(), () -> stopping).addTo(routes);
          new MetricsRoutes(observability.page()).addTo(routes);
          this.routes = routes.all();
          ExceptionAnswers.addTo(config.routes);
          config.router.javaLangErrorHandler(ExceptionAnswers::error);
        });
  }

  /// Requests are answered when this returns.
  ///
  /// @throws CannotListen if the address is taken or not of this machine
  public void start() throws CannotListen {
    try {
      javalin.start();
      port = javalin.port();
    } catch (JavalinBindException e) {
      throw new CannotListen(settings.host(), settings.port(), e);
    }
  }

  /// What it serves, and to whom.
  List<Route> routes() {
    return routes;
  }

  /// Where it listens once it has started, as a URL without a path.
  public String address() {
    String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
    return "http://" + host + ":" + port;
  }

  /// Is not ready any more and takes no more connections, both at once, and returns when the
  /// requests in flight are answered or the stop timeout is over. Those that come in meanwhile on
  /// open connections are answered too.
  public void stop() {
    stopping = true;
    try {
      // Not through Javalin, which would log the stack of a stop that took too long.
      javalin.jettyServer().server().stop();
    } catch (TimeoutException _) {
      log.warn("Stopped with requests in flight: they took longer than {}", settings.stopTimeout());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      log.warn("Could not stop in good order", e);
    }
  }

  /// Somebody else listens there already, or nobody can.
  public static final class CannotListen extends Exception {
    @Serial private static final long serialVersionUID = 1L;

    CannotListen(String host, int port, Throwable cause) {
      super("Cannot listen on " + host + ":" + port, cause);
    }
  }
}
