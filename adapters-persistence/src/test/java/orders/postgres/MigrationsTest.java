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

  /// The row's transaction fails when it commits: a kill just before would leave the same.
  @Test
  void aMigrationWhoseRowInTheHistoryIsNotCommittedLeavesNothingBehind() throws SQLException {
    migrateTo("1");
    execute(
        """
        create function refuse() returns trigger language plpgsql
        as $$ begin raise exception 'not now'; end $$;
        create constraint trigger refuse after insert on flyway_schema_history
        deferrable initially deferred for each row execute function refuse()
        """);

    assertThat(catchThrowable(() -> migrate(address))).isInstanceOf(StoreUnavailable.class);

    assertThat(keyColumns()).isEqualTo("0");
    execute("drop function refuse cascade");
    migrate(address);
    assertThat(keyColumns()).isEqualTo("1");
  }

  @Test
  void aMigrationAndItsRowInTheHistoryAreOneTransaction() throws SQLException {
    migrate(address);

    assertThat(transactionOfColumn("customer_id")).isEqualTo(transactionOfVersion("1"));
    assertThat(transactionOfColumn("idempotency_key")).isEqualTo(transactionOfVersion("2"));
    assertThat(transactionOfColumn("skus")).isEqualTo(transactionOfVersion("3"));
  }

  private String transactionOfVersion(String version) throws SQLException {
    return ask("select xmin from flyway_schema_history where version = '" + version + "'");
  }

  private String transactionOfColumn(String ofOrders) throws SQLException {
    return ask(
        "select xmin from pg_attribute where attrelid = 'orders'::regclass and attname = '%s'"
            .formatted(ofOrders));
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
        .isEqualTo("1,2,3,4,5,6,7,8");
  }
}
