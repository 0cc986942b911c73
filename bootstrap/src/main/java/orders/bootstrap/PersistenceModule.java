package orders.bootstrap;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.function.Supplier;
import orders.application.port.Accounts;
import orders.application.port.Database;
import orders.application.port.EndedOrders;
import orders.application.port.EventFeed;
import orders.application.port.OrderChanges;
import orders.application.port.OrderQueries;
import orders.application.port.Orders;
import orders.application.port.WorkQueue;
import orders.bootstrap.metrics.Metrics;
import orders.postgres.DatabaseAddress;
import orders.postgres.DatabaseSettings;
import orders.postgres.Node;
import orders.postgres.PostgresAccounts;
import orders.postgres.PostgresDatabase;
import orders.postgres.PostgresEndedOrders;
import orders.postgres.PostgresEventFeed;
import orders.postgres.PostgresOrderChanges;
import orders.postgres.PostgresOrderQueries;
import orders.postgres.PostgresOrders;
import orders.postgres.PostgresWorkQueue;
import orders.postgres.Sharing;

/// The ports that PostgreSQL stands behind.
final class PersistenceModule extends AbstractModule {
  private final Supplier<DatabaseAddress> address;
  private final Sharing sharing;
  private final Node node;

  /// @param address asked once the database is to be used, no earlier
  PersistenceModule(Supplier<DatabaseAddress> address, Sharing sharing, Duration lease) {
    this.address = address;
    this.sharing = sharing;
    this.node = new Node(hostName() + ":" + ProcessHandle.current().pid(), lease);
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException _) {
      return "unknown-host";
    }
  }

  @Override
  protected void configure() {
    binder().requireExplicitBindings();
  }

  @Provides
  @Singleton
  PostgresDatabase database(Metrics metrics) {
    return new PostgresDatabase(DatabaseSettings.of(address, sharing), metrics.commits());
  }

  @Provides
  Database database(PostgresDatabase database) {
    return database;
  }

  @Provides
  @Singleton
  Orders orders(PostgresDatabase database, Metrics metrics) {
    return metrics.count(new PostgresOrders(database, node));
  }

  @Provides
  @Singleton
  WorkQueue queue(PostgresDatabase database, Metrics metrics) {
    return metrics.count(new PostgresWorkQueue(database, node));
  }

  @Provides
  @Singleton
  EndedOrders ended(PostgresDatabase database) {
    return new PostgresEndedOrders(database);
  }

  @Provides
  @Singleton
  Accounts accounts(PostgresDatabase database) {
    return new PostgresAccounts(database);
  }

  @Provides
  @Singleton
  OrderQueries queries(PostgresDatabase database) {
    return new PostgresOrderQueries(database);
  }

  @Provides
  @Singleton
  OrderChanges changes(PostgresDatabase database) {
    return new PostgresOrderChanges(database);
  }

  @Provides
  @Singleton
  EventFeed feed(PostgresDatabase database) {
    return new PostgresEventFeed(database);
  }
}
