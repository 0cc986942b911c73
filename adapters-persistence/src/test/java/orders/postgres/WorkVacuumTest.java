package orders.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class WorkVacuumTest {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private PostgresStore store;

  @BeforeEach
  void open() throws SQLException {
    store = PostgresStore.create();
    store.execute("alter table work set (autovacuum_enabled = off)");
  }

  @AfterEach
  void close() throws SQLException {
    store.close();
  }

  @Test
  void whatEndedLeavesTheQueue() throws Exception {
    workOff(20_000);

    awaitCleaned();
  }

  @Test
  void whatSomebodyMayStillSeeStaysAndIsTriedAgain() throws Exception {
    try (Connection onlooker = TestDatabase.connect(store.address());
        Statement look = onlooker.createStatement()) {
      onlooker.setAutoCommit(false);
      onlooker.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      look.execute("select 1 from work");
      workOff(20_000);
      awaitCount("pg_stat_get_vacuum_count('work'::regclass) >= 1");
      assertThat(isTrue("pg_stat_get_dead_tuples('work'::regclass) >= 20000")).isTrue();

      onlooker.rollback();
      awaitCleaned();
    }
  }

  /// Orders that were waiting and ended.
  private void workOff(int orders) throws SQLException {
    store.execute(
        """
        insert into work (
          order_id, merchant_id, step, compensating, failed_attempts, round, version, created_at,
          updated_at, due_at, epoch)
        select gen_random_uuid(), 'main', 'confirmation', false, 0, 1, 1, now(), now(), now(), 0
        from generate_series(1, %d)
        """
            .formatted(orders));
    store.execute("delete from work");
  }

  private void awaitCleaned() throws Exception {
    awaitCount("pg_stat_get_dead_tuples('work'::regclass) = 0");
    awaitCount("pg_stat_get_vacuum_count('work'::regclass) >= 1");
  }

  private void awaitCount(String condition) throws Exception {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (!isTrue(condition)) {
      assertThat(Instant.now()).as(condition).isBefore(deadline);
      Thread.sleep(50);
    }
  }

  private boolean isTrue(String condition) throws SQLException {
    try (Connection connection = TestDatabase.connect(store.address());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select " + condition)) {
      return row.next() && row.getBoolean(1);
    }
  }
}
