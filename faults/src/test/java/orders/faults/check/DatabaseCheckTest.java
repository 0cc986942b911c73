package orders.faults.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import orders.faults.process.PostgresServer;
import orders.faults.promise.Promise;
import orders.faults.promise.Violation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// On tables with the columns that it looks at, and without the constraints that keep such rows
/// out.
final class DatabaseCheckTest {
  private static final String ID = "00000000-0000-7000-8000-000000000001";
  private static final String OTHER = "00000000-0000-7000-8000-000000000002";

  @TempDir private static Path directory;
  private static PostgresServer database;
  private static Connection connection;

  @BeforeAll
  static void start() throws Exception {
    database = PostgresServer.start(directory, Map.of());
    connection =
        DriverManager.getConnection(
            "jdbc:postgresql://127.0.0.1:%d/postgres?user=postgres".formatted(database.port()));
    execute(
        """
        create table orders (id uuid, total bigint, idempotency_key text);
        create table order_lines (order_id uuid, quantity integer, unit_price bigint);
        create table events (order_id uuid, seq integer);
        create table work (order_id uuid);
        create table ended (order_id uuid, version integer);
        """);
  }

  @AfterAll
  static void stop() throws Exception {
    connection.close();
    database.close();
  }

  private static void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @BeforeEach
  void storeOneOrder() throws SQLException {
    execute("truncate orders, order_lines, events, work, ended");
    store(ID, "key");
  }

  private static void store(String id, String key) throws SQLException {
    execute(
        """
        insert into orders values ('%1$s', 10, '%2$s');
        insert into order_lines values ('%1$s', 2, 3), ('%1$s', 1, 4);
        insert into events values ('%1$s', 1), ('%1$s', 2), ('%1$s', 3);
        insert into ended values ('%1$s', 3);
        """
            .formatted(id, key));
  }

  @Test
  void whatIsRightIsFine() throws SQLException {
    store(OTHER, "other key");
    assertThat(DatabaseCheck.violations(database, 2)).isEmpty();
  }

  @Test
  void aKeyOfTwoOrdersIsFound() throws SQLException {
    store(OTHER, "key");
    assertThat(DatabaseCheck.violations(database, 2))
        .extracting(Violation::promise)
        .contains(Promise.P6);
  }

  @ParameterizedTest
  @CsvSource({"0", "2"})
  void moreOrFewerOrdersThanAcknowledgedAreFound(long acknowledged) throws SQLException {
    assertThat(DatabaseCheck.violations(database, acknowledged))
        .extracting(Violation::promise)
        .containsExactly(Promise.P1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          P1 | update orders set total = 11
          P1 | delete from order_lines
          P2 | insert into work select id from orders
          P2 | delete from ended
          P3 | delete from events where seq = 2
          P3 | delete from events where seq = 3
          P3 | insert into events select id, 3 from orders
          P3 | insert into events select id, 4 from orders
          P3 | update events set seq = seq + 1
          """)
  void spoiltRowsAreFound(Promise promise, String sql) throws SQLException {
    execute(sql);
    assertThat(DatabaseCheck.violations(database, 1))
        .extracting(Violation::promise)
        .contains(promise);
  }
}
