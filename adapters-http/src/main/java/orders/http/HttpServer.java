package orders.http;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.util.JavalinBindException;
import java.io.Serial;
import java.util.List;
import java.util.concurrent.TimeoutException;
import orders.http.access.Authentication;
import orders.http.access.Gate;
import orders.http.access.Quota;
import orders.http.cors.Preflight;
import orders.http.jetty.JettySetup;
import orders.http.jetty.Limits;
import orders.http.limit.ClientAddress;
import orders.http.limit.Holders;
import orders.http.limit.LimitSettings;
import orders.http.limit.RateLimiter;
import orders.http.limit.Shares;
import orders.http.stream.LiveAnswers;
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
    this(useCases, authentication, settings, observability, Tuning.USUAL);
  }

  HttpServer(
      UseCases useCases,
      Authentication authentication,
      HttpSettings settings,
      Observability observability,
      Tuning tuning) {
    this.settings = settings;
    this.javalin =
        Javalin.create(config -> {
          config.startup.showJavalinBanner = false;
          config.startup.showOldJavalinVersionWarning = false;
          config.startup.startupWatcherEnabled = false;
          config.http.prefer405over404 = true;
          // One resource, one address.
          config.router.ignoreTrailingSlashes = false;
          config.http.maxRequestSize = RequestBody.MAX_BYTES;
          // An ETag stands for the very bytes; and who wants fewer on the wire has a proxy for it.
          config.http.compressionStrategy = CompressionStrategy.NONE;
          Limits limits = tuning.limits();
          JettySetup.configure(config.jetty, settings, limits, observability.requests());
          LimitSettings shared = settings.limits();
          Holders holders = new Holders(new ClientAddress(shared.proxies()));
          boolean namesAreKnown = !authentication.equals(Authentication.OFF);
          Quota quota = new RateLimiter(shared.rates(), namesAreKnown, holders, tuning.nanoTime());
          Gate gate = new Gate(observability.accessBeside(authentication), quota);
          Routes routes =
              new Routes(
                  config.routes, gate, observability.requests(), new Preflight(settings.origins()));
          Shares waits = shared.waits(namesAreKnown, limits.held(), holders);
          var live =
              new LiveAnswers(
                  useCases.followOrder(),
                  useCases.followEvents(),
                  tuning.streams(),
                  shared.streams(namesAreKnown, holders));
          new OrderRoutes(useCases, live, settings.defaultCurrency(), waits).addTo(routes);
          new AccountRoutes(useCases.accounts(), context -> holders.stranger(context).toString())
              .addTo(routes);
          new HealthRoutes(useCases.checkReadiness(), () -> stopping).addTo(routes);
          new MetricsRoutes(observability.page()).addTo(routes);
          new ProblemRoutes().addTo(routes);
          new DocsRoutes().addTo(routes);
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
