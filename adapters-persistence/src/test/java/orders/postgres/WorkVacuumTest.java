package orders.postgres;

import static orders.application.fake.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class WorkVacuumTest {
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
      await("pg_stat_get_vacuum_count('work'::regclass) >= 1");
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

  private void awaitCleaned() {
    await("pg_stat_get_dead_tuples('work'::regclass) = 0");
    await("pg_stat_get_vacuum_count('work'::regclass) >= 1");
  }

  private void await(String condition) {
    eventually(condition, () -> isTrue(condition));
  }

  private boolean isTrue(String condition) {
    try {
      return store.column("select " + condition).equals(List.of("t"));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
