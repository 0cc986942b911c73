package orders.application.usecase;

import static orders.application.fake.TestNode.pool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.Semaphore;
import orders.application.fake.InMemoryStore;
import orders.application.fake.SamplePurchases;
import orders.application.fake.ScriptedPartner;
import orders.application.fake.TestNode;
import orders.application.port.StoreUnavailable;
import orders.application.port.StoredOrder;
import orders.domain.OrderId;
import orders.domain.Status;
import org.junit.jupiter.api.Test;

final class PlaceOrderTest {
  private final InMemoryStore store = new InMemoryStore();
  private final Semaphore gate = new Semaphore(0);
  private final ScriptedPartner partner =
      new ScriptedPartner()
          .answers(call -> {
            gate.acquireUninterruptibly();
            return ScriptedPartner.done(call);
          });

  @Test
  void theOrderIsStoredAndAnsweredAsPlaced() {
    try (TestNode node = new TestNode(store, "a", partner.asPartners(), pool(1, 1))) {
      StoredOrder placed = node.place(SamplePurchases.bookcases());
      assertThat(placed.order().status()).isEqualTo(Status.PENDING);
      assertThat(placed.order().version()).isEqualTo(1);
      assertThat(placed.createdAt()).isEqualTo(placed.updatedAt());
      StoredOrder found = store.queries().find(placed.order().id()).orElseThrow();
      assertThat(found.createdAt()).isEqualTo(placed.createdAt());
      assertThat(found.order().purchase()).isEqualTo(SamplePurchases.bookcases());
      gate.release(3);
    }
  }

  @Test
  void withAFreeSlotTheOrderIsStoredAlreadyLeasedToThisNode() {
    try (TestNode node = new TestNode(store, "a", partner.asPartners(), pool(1, 1))) {
      assertThat(store.holder(node.place())).contains("a");
      gate.release(3);
    }
  }

  @Test
  void anOrderThatCouldNotBeStoredCostsNoSlot() {
    try (TestNode node = new TestNode(store, "a", partner.asPartners(), pool(1, 1))) {
      store.setReachable(false);
      for (int i = 0; i < 10; i++) {
        assertThatThrownBy(node::place).isInstanceOf(StoreUnavailable.class);
      }
      store.setReachable(true);
      gate.release(6);
      OrderId one = node.place();
      node.awaitStatus(one, Status.COMPLETED);
      OrderId two = node.place();
      node.awaitStatus(two, Status.COMPLETED);
      assertThat(store.size()).isEqualTo(2);
    }
  }
}
