package orders.application.usecase;

import static orders.application.fake.TestNode.pool;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import orders.application.fake.InMemoryStore;
import orders.application.fake.ScriptedPartner;
import orders.application.fake.TestNode;
import orders.application.port.Viewer;
import orders.domain.Fact;
import orders.domain.OrderId;
import orders.domain.Status;
import org.junit.jupiter.api.Test;

final class CancelOrderTest {
  private final InMemoryStore store = new InMemoryStore();
  private final ScriptedPartner partner = new ScriptedPartner();

  @Test
  void whatWasNotBegunEndsAtOnce() {
    TestNode node = new TestNode(store, "a", partner.asPartners(), pool(1, 1));
    node.close();
    OrderId order = node.place();
    assertThat(node.cancelOrder.cancel(order, new Viewer.Unrestricted()))
        .isInstanceOf(Moved.Accepted.class);
    assertThat(node.find(order).status()).isEqualTo(Status.CANCELLED);
    assertThat(partner.asked()).isEmpty();
    assertThat(store.queue("a").claim(10)).isEmpty();
  }

  @Test
  void anEndedOrderRefusesAndSaysInWhichStatusItIs() {
    try (TestNode node = new TestNode(store, "a", partner.asPartners(), pool(1, 1))) {
      OrderId order = node.place();
      node.awaitStatus(order, Status.COMPLETED);
      assertThat(node.cancelOrder.cancel(order, new Viewer.Unrestricted()))
          .isEqualTo(
              new Moved.Refused(
                  Status.COMPLETED, "An order that is completed cannot be cancelled."));
    }
  }

  @Test
  void anUnknownOrderIsSaidToBeUnknown() {
    try (TestNode node = new TestNode(store, "a", partner.asPartners(), pool(1, 1))) {
      assertThat(node.cancelOrder.cancel(TestNode.newId(), new Viewer.Unrestricted()))
          .isEqualTo(new Moved.Unknown());
      assertThat(node.retryOrder.retry(TestNode.newId(), new Viewer.Unrestricted()))
          .isEqualTo(new Moved.Unknown());
    }
  }

  @Test
  void atAnyMomentItEitherWinsOrLosesAndNeverHalf() {
    Set<Status> ends = EnumSet.noneOf(Status.class);
    try (TestNode node = new TestNode(store, "a", partner.asPartners(), pool(4, 4))) {
      for (long seed = 0; seed < 3_000; seed++) {
        var random = new SplittableRandom(seed);
        OrderId order = node.place();
        LockSupport.parkNanos(random.nextInt(200_000));
        Status promised =
            switch (node.cancelOrder.cancel(order, new Viewer.Unrestricted())) {
              case Moved.Accepted _ -> Status.CANCELLED;
              case Moved.Refused(Status status, _) -> status;
              case Moved.Unknown _ -> throw new AssertionError("lost");
            };
        node.awaitStatus(order, promised);
        ends.add(promised);
        boolean completed = node.facts(order).contains(new Fact.Completed());
        assertThat(completed).as("seed %d", seed).isEqualTo(promised == Status.COMPLETED);
      }
    }
    assertThat(ends).containsExactlyInAnyOrder(Status.COMPLETED, Status.CANCELLED);
  }
}
