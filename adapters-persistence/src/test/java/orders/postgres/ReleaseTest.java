package orders.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import orders.application.port.Lease;
import orders.application.port.Orders.HandOver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Giving back much at once while somebody else is at some of it.
final class ReleaseTest {
  private static final int LEASES = 20;

  private PostgresStore store;
  private List<Lease> leases;

  @BeforeEach
  void open() throws SQLException {
    store = PostgresStore.create();
    leases = new ArrayList<>();
    for (int i = 0; i < LEASES; i++) {
      leases.add(store.place(HandOver.THIS_NODE).lease().orElseThrow());
    }
  }

  @AfterEach
  void close() throws SQLException {
    store.close();
  }

  /// As a migration does.
  @Test
  void aTableThatIsLockedForAMomentIsWaitedFor() throws SQLException {
    try (Connection other = begin("lock table work in access exclusive mode")) {
      CompletableFuture<Void> release = release();
      awaitPatientCall();

      other.rollback();
      release.join();
    }

    assertThat(held()).isEmpty();
  }

  @Test
  void aRowThatStaysLockedKeepsNoOther() throws SQLException {
    try (Connection forGood = begin(lock(leases.getFirst()));
        Connection forAMoment = begin(lock(leases.getLast()))) {
      CompletableFuture<Void> release = release();
      awaitPatientCall();

      forAMoment.rollback();
      release.join();
      assertThat(held()).containsExactly(leases.getFirst().order().value().toString());
      forGood.rollback();
    }
  }

  private CompletableFuture<Void> release() {
    return CompletableFuture.runAsync(() -> store.queue("node").release(leases));
  }

  private Connection begin(String sql) throws SQLException {
    Connection connection = TestDatabase.connect(store.address());
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
    return connection;
  }

  private static String lock(Lease lease) {
    return "select from work where order_id = '%s' for update".formatted(lease.order());
  }

  private List<String> held() throws SQLException {
    return store.column("select order_id from work where lease_until is not null");
  }

  private void awaitPatientCall() throws SQLException {
    String waiting =
        """
        select 1 from pg_stat_activity
        where datname = current_database() and application_name = 'orders-writes'
          and wait_event_type = 'Lock'
        """;
    while (store.column(waiting).isEmpty()) {
      Thread.onSpinWait();
    }
  }
}
