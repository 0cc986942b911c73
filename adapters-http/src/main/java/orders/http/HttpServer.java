package orders.http;

import io.javalin.Javalin;
import io.javalin.util.JavalinBindException;
import java.io.Serial;
import java.time.Duration;

/// Serves the API from start to stop, once. Safe from any thread.
public final class HttpServer {
  private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(30);

  private final HttpSettings settings;
  private final Javalin javalin;
  private volatile int port;

  public HttpServer(UseCases useCases, HttpSettings settings) {
    this(useCases, settings, IDLE_TIMEOUT);
  }

  /// For tests that have not got half a minute.
  HttpServer(UseCases useCases, HttpSettings settings, Duration idleTimeout) {
    this.settings = settings;
    this.javalin =
        Javalin.create(config -> {
          config.startup.showJavalinBanner = false;
          config.startup.showOldJavalinVersionWarning = false;
          config.startup.startupWatcherEnabled = false;
          config.http.prefer405over404 = true;
          config.http.maxRequestSize = RequestBody.MAX_BYTES;
          JettySetup.configure(config.jetty, settings, idleTimeout);
          Routes routes = new Routes(config.routes);
          new OrderRoutes(useCases, settings.defaultCurrency()).addTo(routes);
          new HealthRoutes(useCases.checkReadiness()).addTo(routes);
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

  /// Where it listens once it has started, as a URL without a path.
  public String address() {
    String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
    return "http://" + host + ":" + port;
  }

  /// Takes no more connections, and returns when the requests in flight are answered or the stop
  /// timeout is over.
  public void stop() {
    javalin.stop();
  }

  /// Somebody else listens there already, or nobody can.
  public static final class CannotListen extends Exception {
    @Serial private static final long serialVersionUID = 1L;

    CannotListen(String host, int port, Throwable cause) {
      super("Cannot listen on " + host + ":" + port, cause);
    }
  }
}
