package orders.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import orders.application.contract.Purchases;
import orders.application.contract.TestStore;
import orders.application.port.Orders.HandOver;
import orders.application.port.Orders.Placed;
import orders.application.port.Origin;

/// A database with the schema and everything that works on it.
final class PostgresStore implements TestStore, AutoCloseable {
  private static final Duration LEASE = Duration.ofSeconds(30);

  /// Few connections: a test JVM has several of these.
  static DatabaseSettings settings(DatabaseAddress address) {
    return new DatabaseSettings(address, 8, 2, Duration.ofSeconds(3), Duration.ofSeconds(5));
  }

  private final DatabaseAddress address;
  private final PostgresDatabase database;
  private final Connection connection;
  private final Map<String, PostgresOrders> orders = new ConcurrentHashMap<>();

  private PostgresStore(DatabaseAddress address) throws SQLException {
    this.address = address;
    database = new PostgresDatabase(settings(address));
    database.migrate();
    connection = TestDatabase.connect(address);
  }

  static PostgresStore create() throws SQLException {
    return new PostgresStore(TestDatabase.create());
  }

  DatabaseAddress address() {
    return address;
  }

  PostgresDatabase database() {
    return database;
  }

  @Override
  public PostgresOrders orders(String node) {
    return orders.computeIfAbsent(
        node, name -> new PostgresOrders(database, new Node(name, LEASE)));
  }

  @Override
  public PostgresWorkQueue queue(String node) {
    return new PostgresWorkQueue(database, new Node(node, LEASE));
  }

  @Override
  public PostgresOrderQueries queries() {
    return new PostgresOrderQueries(database);
  }

  @Override
  public PostgresOrderChanges changes() {
    return new PostgresOrderChanges(database);
  }

  @Override
  public PostgresEventFeed feed() {
    return new PostgresEventFeed(database);
  }

  Placed place(HandOver handOver) {
    return orders("node").place(Purchases.placed(), handOver, Origin.UNKNOWN);
  }

  void empty() throws SQLException {
    execute("truncate orders, events, work, ended");
  }

  /// Makes everything that lies ahead or behind by that much older.
  @Override
  public void passTime(Duration duration) {
    try {
      execute(
          "update work set due_at = due_at - interval '%1$d ms', "
              .concat("lease_until = lease_until - interval '%1$d ms'")
              .formatted(duration.toMillis()));
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /// The first column of every row.
  List<String> column(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }

  /// Returns once a statement of another connection waits for one that has not ended.
  void awaitSomebodyWaitingForALock() throws SQLException {
    String waiting =
        "select pid from pg_stat_activity"
            + " where datname = current_database() and wait_event_type = 'Lock'";
    Instant end = Instant.now().plusSeconds(20);
    while (column(waiting).isEmpty()) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError("nobody waits for a lock");
      }
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
    database.close();
  }
}
