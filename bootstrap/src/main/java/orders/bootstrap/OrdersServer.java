package orders.bootstrap;

import com.google.inject.Guice;
import com.google.inject.Key;
import com.google.inject.Stage;
import com.google.inject.TypeLiteral;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import orders.application.dispatch.Dispatcher;
import orders.application.dispatch.OrderWatch;
import orders.application.dispatch.Retention;
import orders.application.live.FeedPoll;
import orders.application.live.FeedTail;
import orders.application.live.OrderPoll;
import orders.application.port.StoreUnavailable;
import orders.bootstrap.AccessModule.FirstAccount;
import orders.bootstrap.metrics.Metrics;
import orders.http.HttpServer;
import orders.http.auth.TokenKeys;
import orders.postgres.DatabaseAddress;
import orders.postgres.PostgresDatabase;
import orders.postgres.Sharing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running server, with everything it started, in the order in which it must stop. It listens
/// first, with an embedded database starting beside it, and works as soon as its database can be
/// used.
final class OrdersServer {
  private static final Logger log = LoggerFactory.getLogger(OrdersServer.class);

  /// Of the time for stopping, what closing connections and the embedded database may need.
  private static final Duration FOR_CLOSING = Duration.ofSeconds(4);

  private final Optional<StartingDatabase> embedded;
  private final Supplier<DatabaseAddress> database;
  private final PostgresDatabase connections;
  private final Dispatcher dispatcher;
  private final Optional<Retention> retention;
  private final OrderWatch watch;
  private final FeedTail tail;
  private final HttpServer http;
  private final Metrics metrics;
  private final Optional<TokenKeys> keys;
  private final Beginning beginning;
  private boolean stopped;

  private OrdersServer(Optional<StartingDatabase> embedded, Settings settings, Sharing sharing) {
    this.embedded = embedded;
    this.database =
        () -> embedded.map(StartingDatabase::address).or(settings::database).orElseThrow();
    var injector =
        Guice.createInjector(
            Stage.PRODUCTION,
            new PersistenceModule(database, sharing, settings.dispatch().lease()),
            new PartnersModule(settings.partners()),
            new ApplicationModule(settings.dispatch(), settings.retries(), settings.retention()),
            new AccessModule(settings.access()),
            new HttpModule(settings.http()),
            new ObservabilityModule(settings.dispatch(), settings.metricsToken()));
    this.metrics = injector.getInstance(Metrics.class);
    this.connections = injector.getInstance(PostgresDatabase.class);
    this.dispatcher = injector.getInstance(Dispatcher.class);
    this.watch = injector.getInstance(OrderWatch.class);
    this.tail = injector.getInstance(FeedTail.class);
    injector.getInstance(OrderPoll.class).start();
    injector.getInstance(FeedPoll.class).start();
    this.http = injector.getInstance(HttpServer.class);
    this.retention = injector.getInstance(Key.get(new TypeLiteral<Optional<Retention>>() {}));
    this.keys = injector.getInstance(Key.get(new TypeLiteral<Optional<TokenKeys>>() {}));
    this.beginning =
        new Beginning(connections, injector.getInstance(FirstAccount.class), dispatcher, retention);
  }

  /// Starts everything but the work; requests are answered when this returns, though not ready yet,
  /// and an embedded database may still be starting.
  ///
  /// @throws CannotStart if it cannot listen; whatever fails, what was started before is stopped
  ///   again
  static OrdersServer start(Settings settings, Sharing sharing) throws CannotStart {
    Optional<StartingDatabase> embedded =
        settings.database().isPresent()
            ? Optional.empty()
            : Optional.of(StartingDatabase.begin(settings.dataDirectory()));
    try {
      OrdersServer server = new OrdersServer(embedded, settings, sharing);
      server.listen();
      return server;
    } catch (CannotStart | RuntimeException | Error e) {
      embedded.ifPresent(StartingDatabase::close);
      throw e;
    }
  }

  private void listen() throws CannotStart {
    try {
      http.start();
      if (keys.isEmpty()) {
        log.warn(
            "AUTH is off: whoever reaches {} may place, see, cancel and retry every order."
                + " Set JWT_SECRET or JWKS_URL to have clients say who they are",
            http.address());
      }
    } catch (HttpServer.CannotListen e) {
      stop(FOR_CLOSING);
      // Of two obstacles the database's goes first: whoever holds the data is most likely on the
      // port
      // as well.
      awaitEmbedded();
      throw new CannotStart(e.getMessage() + "; set PORT or HOST", e);
    } catch (RuntimeException | Error e) {
      stop(FOR_CLOSING);
      throw e;
    }
  }

  /// Begins to work once the database can be used, and waits for that as long as it takes. An
  /// embedded one has started by then or never will, and is tried once: nobody else would mend it.
  ///
  /// @return whether it is ready; false if it was stopped instead
  /// @throws CannotStart if the embedded database does not start or cannot be used; everything is
  ///   stopped then, as it is whatever else is thrown
  boolean becomeReady() throws CannotStart, InterruptedException {
    try {
      awaitEmbedded();
      return embedded.isPresent()
          ? beginning.tryOnce()
          : beginning.insist(address(), database.get());
    } catch (StoreUnavailable e) {
      stop(FOR_CLOSING);
      throw new CannotStart("Cannot use the database " + database.get() + ": " + e.getMessage(), e);
    } catch (CannotStart | RuntimeException | Error e) {
      stop(FOR_CLOSING);
      throw e;
    }
  }

  private void awaitEmbedded() throws CannotStart {
    if (embedded.isPresent()) {
      embedded.get().await();
    }
  }

  /// Where it listens, as a URL without a path.
  String address() {
    return http.address();
  }

  /// Stops in good order: not ready any more, requests in flight answered, running steps finished
  /// or given back, then the connections and the embedded database closed. Takes no longer than
  /// `atMost` by much. Once is enough; a second call waits for the first.
  synchronized void stop(Duration atMost) {
    if (stopped) {
      return;
    }
    stopped = true;
    log.info("Stopping");
    Duration grace = atMost.minus(FOR_CLOSING);
    Duration patience = grace.isNegative() ? Duration.ZERO : grace;
    beginning.cancel();
    Thread answering = Thread.ofVirtual().start(http::stop);
    watch.close();
    tail.close();
    retention.ifPresent(Retention::stop);
    dispatcher.stop(patience);
    try {
      answering.join();
      beginning.awaitEnd(patience);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    keys.ifPresent(TokenKeys::close);
    connections.close();
    metrics.close();
    embedded.ifPresent(StartingDatabase::close);
    log.info("Stopped");
  }
}
