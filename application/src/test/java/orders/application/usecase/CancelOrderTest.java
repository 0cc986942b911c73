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
import orders.domain.CustomerId;
import orders.domain.Fact;
import orders.domain.Order;
import orders.domain.OrderId;
import orders.domain.Status;
import org.junit.jupiter.api.Test;

final class CancelOrderTest {
  private final InMemoryStore store = new InMemoryStore();
  private final ScriptedPartner partner = new ScriptedPartner();
  private final Viewer everybody = new Viewer.Unrestricted();

  @Test
  void whatWasNotBegunEndsAtOnce() {
    TestNode node = new TestNode(store, "a", partner.asPartners(), pool(1, 1));
    node.close();
    OrderId order = node.place();
    assertThat(node.cancelOrder.cancel(order, everybody, new Expected.Any()))
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
      assertThat(node.cancelOrder.cancel(order, everybody, new Expected.Any()))
          .isEqualTo(
              new Moved.Refused(
                  Status.COMPLETED, "An order that is completed cannot be cancelled."));
    }
  }

  @Test
  void anUnknownOrderIsSaidToBeUnknown() {
    try (TestNode node = new TestNode(store, "a", partner.asPartners(), pool(1, 1))) {
      assertThat(node.cancelOrder.cancel(TestNode.newId(), everybody, new Expected.Any()))
          .isEqualTo(new Moved.Unknown());
      assertThat(node.retryOrder.retry(TestNode.newId(), everybody, new Expected.Any()))
          .isEqualTo(new Moved.Unknown());
    }
  }

  @Test
  void anOrderAtAnotherVersionThanExpectedIsLeftAlone() {
    try (TestNode node = new TestNode(store, "a", partner.asPartners(), pool(1, 1))) {
      OrderId order = node.place();
      node.awaitStatus(order, Status.COMPLETED);
      long version = node.find(order).version();
      // Also before it is said that an ended order cannot be cancelled.
      assertThat(node.cancelOrder.cancel(order, everybody, new Expected.OneOf(Set.of(1L))))
          .isEqualTo(new Moved.Outdated(version));
      assertThat(node.retryOrder.retry(order, everybody, new Expected.OneOf(Set.of())))
          .isEqualTo(new Moved.Outdated(version));
      assertThat(node.cancelOrder.cancel(order, everybody, new Expected.OneOf(Set.of(1L, version))))
          .isInstanceOf(Moved.Refused.class);
    }
  }

  @Test
  void whatOneMayNotSeeIsUnknownAtWhateverVersionItIs() {
    try (TestNode node = new TestNode(store, "a", partner.asPartners(), pool(1, 1))) {
      OrderId order = node.place();
      Viewer stranger = new Viewer.OfCustomer(new CustomerId("a stranger"));
      assertThat(node.cancelOrder.cancel(order, stranger, new Expected.OneOf(Set.of(99L))))
          .isEqualTo(new Moved.Unknown());
    }
  }

  @Test
  void atAnyMomentItMovesTheExpectedVersionOrNone() {
    int moved = 0;
    int outdated = 0;
    try (TestNode node = new TestNode(store, "a", partner.asPartners(), pool(4, 4))) {
      for (long seed = 0; seed < 3_000; seed++) {
        var random = new SplittableRandom(seed);
        OrderId order = node.place();
        LockSupport.parkNanos(random.nextInt(200_000));
        Order seen = node.find(order);
        if (!seen.status().isTerminal()) {
          long version = seen.version();
          LockSupport.parkNanos(random.nextInt(50_000));
          switch (node.cancelOrder.cancel(order, everybody, new Expected.OneOf(Set.of(version)))) {
            case Moved.Accepted _ -> {
              moved++;
              assertThat(node.facts(order).get((int) version))
                  .as("seed %d", seed)
                  .isIn(new Fact.CancelRequested(), new Fact.Cancelled());
            }
            case Moved.Outdated(long found) -> {
              outdated++;
              assertThat(found).isGreaterThan(version);
              node.awaitStatus(order, Status.COMPLETED);
            }
            case Moved.Refused _, Moved.Unknown _ -> throw new AssertionError("lost");
          }
        }
      }
    }
    assertThat(moved).isPositive();
    assertThat(outdated).isPositive();
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
            switch (node.cancelOrder.cancel(order, everybody, new Expected.Any())) {
              case Moved.Accepted _ -> Status.CANCELLED;
              case Moved.Refused(Status status, _) -> status;
              case Moved.Outdated _, Moved.Unknown _ -> throw new AssertionError("lost");
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
