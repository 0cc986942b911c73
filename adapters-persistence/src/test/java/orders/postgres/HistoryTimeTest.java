package orders.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import orders.application.contract.Purchases;
import orders.application.port.Claim;
import orders.application.port.Orders.HandOver;
import orders.application.port.Origin;
import orders.application.port.Recorded;
import orders.domain.Event;
import orders.domain.Move;
import orders.domain.Order;
import orders.domain.OrderId;
import orders.domain.Reason;
import orders.domain.Step;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The time in an order's history stands still rather than go back when the database's clock does.
final class HistoryTimeTest {

  private PostgresStore store;
  private OrderId id;

  @BeforeEach
  void placeInTheFuture() throws SQLException {
    store = PostgresStore.create();
    Move.Made placed = Purchases.placed();
    id = placed.order().id();
    store.orders("node").place(placed, HandOver.ANY_NODE, Origin.UNKNOWN);
    store.execute("update orders set created_at = created_at + interval '1 h'");
    store.execute("update events set at = at + interval '1 h'");
    store.execute(
        "update work set created_at = created_at + interval '1 h',"
            + " updated_at = updated_at + interval '1 h'");
  }

  @AfterEach
  void close() throws SQLException {
    store.close();
  }

  @Test
  void underALeaseAndWhenRetried() {
    PostgresWorkQueue queue = store.queue("node");
    Claim claim = queue.claim(1).getFirst();
    var declined = (Move.Made) claim.order().stepDeclined(Step.CONFIRMATION, Reason.of("no"));
    assertFrozen(queue.record(claim.lease(), declined, Optional.empty()));
    var failed = (Move.Made) declined.order().stepUndone(Step.CONFIRMATION);
    assertFrozen(queue.record(claim.lease(), failed, Optional.empty()));
    assertFrozen(store.orders("node").move(failed.order(), (Move.Made) failed.order().retry()));
  }

  @Test
  void whenCancelledBeforeItBegan() {
    Order pending = store.queries().find(id).orElseThrow().order();
    assertFrozen(store.orders("node").move(pending, (Move.Made) pending.cancel()));
  }

  @Test
  void whenCancelledAfterItBegan() {
    Order begun = store.queue("node").claim(1).getFirst().order();
    assertFrozen(store.orders("node").move(begun, (Move.Made) begun.cancel()));
  }

  private void assertFrozen(Recorded recorded) {
    List<Event> history = store.queries().history(id).orElseThrow();
    Instant first = history.getFirst().at();
    assertThat(recorded).isEqualTo(new Recorded.Done(first));
    assertThat(history).extracting(Event::at).containsOnly(first);
    assertThat(store.queries().find(id).orElseThrow().updatedAt()).isEqualTo(first);
  }
}
