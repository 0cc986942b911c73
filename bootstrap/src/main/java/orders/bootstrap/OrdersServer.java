package orders.bootstrap;

import com.google.inject.Guice;
import com.google.inject.Stage;
import java.time.Duration;
import java.util.Optional;
import orders.application.dispatch.Dispatcher;
import orders.application.dispatch.OrderWatch;
import orders.application.port.StoreUnavailable;
import orders.bootstrap.embedded.EmbeddedDatabase;
import orders.http.HttpServer;
import orders.postgres.DatabaseAddress;
import orders.postgres.PostgresDatabase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running server, with everything it started, in the order in which it must stop.
final class OrdersServer {
  private static final Logger log = LoggerFactory.getLogger(OrdersServer.class);

  /// Of the time for stopping, what closing connections and the embedded database may need.
  private static final Duration FOR_CLOSING = Duration.ofSeconds(4);

  private final Optional<EmbeddedDatabase> embedded;
  private final PostgresDatabase database;
  private final Dispatcher dispatcher;
  private final OrderWatch watch;
  private final HttpServer http;

  private OrdersServer(
      Optional<EmbeddedDatabase> embedded, Settings settings, DatabaseAddress address) {
    this.embedded = embedded;
    var injector =
        Guice.createInjector(
            Stage.PRODUCTION,
            new PersistenceModule(address, settings.dispatch().lease()),
            new PartnersModule(settings.partners()),
            new ApplicationModule(settings.dispatch(), settings.retries()),
            new HttpModule(settings.http()));
    this.database = injector.getInstance(PostgresDatabase.class);
    this.dispatcher = injector.getInstance(Dispatcher.class);
    this.watch = injector.getInstance(OrderWatch.class);
    this.http = injector.getInstance(HttpServer.class);
  }

  /// Starts everything; requests are answered when this returns.
  ///
  /// @throws CannotStart if something does not start; whatever fails, what was started before is
  ///   stopped again
  static OrdersServer start(Settings settings) throws CannotStart {
    Optional<EmbeddedDatabase> embedded = startEmbedded(settings);
    try {
      DatabaseAddress address =
          embedded.map(OrdersServer::addressOf).or(settings::database).orElseThrow();
      OrdersServer server = new OrdersServer(embedded, settings, address);
      server.startParts(address);
      return server;
    } catch (CannotStart | RuntimeException | Error e) {
      embedded.ifPresent(EmbeddedDatabase::close);
      throw e;
    }
  }

  private static Optional<EmbeddedDatabase> startEmbedded(Settings settings) throws CannotStart {
    if (settings.database().isPresent()) {
      return Optional.empty();
    }
    try {
      return Optional.of(EmbeddedDatabase.start(settings.dataDirectory()));
    } catch (EmbeddedDatabase.Unavailable e) {
      throw new CannotStart("Cannot start: " + e.getMessage(), e);
    }
  }

  private static DatabaseAddress addressOf(EmbeddedDatabase embedded) {
    return new DatabaseAddress("127.0.0.1", embedded.port(), "postgres", "postgres", "");
  }

  private void startParts(DatabaseAddress address) throws CannotStart {
    try {
      database.migrate();
      dispatcher.start();
      http.start();
    } catch (StoreUnavailable e) {
      stop(FOR_CLOSING);
      throw new CannotStart("Cannot use the database " + address + ": " + rootCause(e), e);
    } catch (HttpServer.CannotListen e) {
      stop(FOR_CLOSING);
      throw new CannotStart(e.getMessage() + "; set PORT or HOST", e);
    } catch (RuntimeException | Error e) {
      stop(FOR_CLOSING);
      throw e;
    }
  }

  /// Where it listens, as a URL without a path.
  String address() {
    return http.address();
  }

  /// Stops in good order: not ready any more, requests in flight answered, running steps finished
  /// or given back, then the connections and the embedded database closed. Takes no longer than
  /// `atMost` by much.
  void stop(Duration atMost) {
    log.info("Stopping");
    watch.close();
    Duration grace = atMost.minus(FOR_CLOSING);
    Thread answering = Thread.ofVirtual().start(http::stop);
    dispatcher.stop(grace.isNegative() ? Duration.ZERO : grace);
    try {
      answering.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    database.close();
    embedded.ifPresent(EmbeddedDatabase::close);
    log.info("Stopped");
  }

  private static String rootCause(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }
}
