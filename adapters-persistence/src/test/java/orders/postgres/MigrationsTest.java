package orders.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import orders.application.port.StoreUnavailable;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/// How the schema gets from one version to the next, whatever happens meanwhile.
final class MigrationsTest {
  private static final int NODES = 4;

  private final DatabaseAddress address = TestDatabase.create();

  private static void migrate(DatabaseAddress address) {
    try (var database = new PostgresDatabase(PostgresStore.settings(address))) {
      database.migrate();
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = TestDatabase.connect(address);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private String ask(String sql) throws SQLException {
    try (Connection connection = TestDatabase.connect(address);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  private String tablesBesideTheHistory() throws SQLException {
    return ask(
        """
        select count(*) from information_schema.tables
        where table_schema = 'public' and table_name <> 'flyway_schema_history'
        """);
  }

  private String keyColumns() throws SQLException {
    return ask(
        """
        select count(*) from information_schema.columns
        where table_schema = 'public' and column_name = 'idempotency_key'
        """);
  }

  private void migrateTo(String version) {
    Flyway.configure(MigrationsTest.class.getClassLoader())
        .dataSource(address.jdbcUrl(), address.user(), address.password())
        .locations("classpath:orders/postgres/migration")
        .target(version)
        .load()
        .migrate();
  }

  /// As a kill between the two would leave it.
  @Test
  void aMigrationWithoutItsRowInTheHistoryLeavesNothingBehind() throws SQLException {
    migrateTo("1");
    execute("alter table flyway_schema_history add constraint stop check (version <> '2')");

    assertThat(catchThrowable(() -> migrate(address))).isInstanceOf(StoreUnavailable.class);

    assertThat(keyColumns()).isEqualTo("0");
    execute("alter table flyway_schema_history drop constraint stop");
    migrate(address);
    assertThat(keyColumns()).isEqualTo("1");
  }

  @Test
  void theFirstMigrationIsNoException() throws SQLException {
    migrateTo("1");
    // What is left is the history as Flyway makes it, with nothing in it.
    execute(
        """
        create schema aside;
        alter table flyway_schema_history set schema aside;
        drop schema public cascade;
        alter schema aside rename to public;
        delete from flyway_schema_history;
        """);
    execute("alter table flyway_schema_history add constraint stop check (version <> '1')");

    assertThat(catchThrowable(() -> migrate(address))).isInstanceOf(StoreUnavailable.class);

    assertThat(tablesBesideTheHistory()).isEqualTo("0");
  }

  @Test
  void severalNodesMayMigrateAtOnce() throws Exception {
    var start = new CyclicBarrier(NODES);
    try (ExecutorService nodes = Executors.newFixedThreadPool(NODES)) {
      List<Future<?>> ends =
          IntStream.range(0, NODES)
              .<Future<?>>mapToObj(_ ->
                  nodes.submit(() -> {
                    start.await();
                    migrate(address);
                    return null;
                  }))
              .toList();
      for (Future<?> end : ends) {
        end.get();
      }
    }

    assertThat(
            ask(
                "select string_agg(version, ',' order by installed_rank) from flyway_schema_history"))
        .isEqualTo("1,2");
  }
}
