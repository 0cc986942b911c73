package orders.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import orders.application.contract.Purchases;
import orders.application.port.IdempotencyKey;
import orders.application.port.Lease;
import orders.application.port.Orders.HandOver;
import orders.application.port.Orders.Placed;
import orders.application.port.Origin;
import orders.application.port.StoreUnavailable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Orders that cannot be placed leave this node the connections that its leases need.
final class StarvationTest {
  /// More than there are connections.
  private static final int CALLERS = 40;

  private PostgresStore store;

  @BeforeEach
  void open() throws SQLException {
    store = PostgresStore.create();
  }

  @AfterEach
  void close() throws SQLException {
    store.close();
  }

  @Test
  void manyCallsOfAKeyThatSomebodyHoldsKeepNoLeaseFromBeingRenewed() throws Exception {
    Placed first = store.place(HandOver.THIS_NODE);
    String held =
        """
        insert into orders (
          id, idempotency_key, customer_id, merchant_id, currency, total, created_at, skus, names,
          quantities, unit_prices)
        values (
          gen_random_uuid(), 'held', 'c', 'm', 'USD', 1, now(), '{a}', '{null}', '{1}', '{1}')
        """;

    renewBeside(held, Optional.of(new IdempotencyKey("held")), first.lease().orElseThrow());
  }

  /// As while somebody creates an index.
  @Test
  void aTableOfOrdersThatTakesNoRowsKeepsNoLeaseFromBeingRenewed() throws Exception {
    Placed first = store.place(HandOver.THIS_NODE);

    renewBeside("lock table orders in share mode", Optional.empty(), first.lease().orElseThrow());
  }

  private void renewBeside(String lock, Optional<IdempotencyKey> key, Lease lease)
      throws SQLException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Connection other = TestDatabase.connect(store.address());
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute(lock);
      for (int i = 0; i < CALLERS; i++) {
        threads.execute(() -> placeOrBeRefused(key));
      }
      awaitPatientCalls();

      assertThat(store.queue("node").renew(List.of(lease))).isEmpty();
      other.rollback();
    }
  }

  private void placeOrBeRefused(Optional<IdempotencyKey> key) {
    try {
      var _ = store.orders("node").place(Purchases.placed(), HandOver.ANY_NODE, Origin.ofKey(key));
    } catch (StoreUnavailable _) {
      // What becomes of it is not what this is about.
    }
  }

  /// Until no fewer calls wait than may: those that shared a commit have given up on that by then.
  private void awaitPatientCalls() throws SQLException {
    String waiting =
        """
        select count(*) from pg_stat_activity
        where datname = current_database() and application_name = 'orders-writes'
          and wait_event_type = 'Lock'
        """;
    while (Integer.parseInt(store.column(waiting).getFirst()) < Sharing.USUAL.writers()) {
      Thread.onSpinWait();
    }
  }
}
