package orders.application.usecase;

import static orders.application.fake.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Semaphore;
import orders.application.fake.InMemoryStore;
import orders.application.fake.ScriptedPartner;
import orders.application.fake.TestNode;
import orders.application.port.OrderQueries;
import orders.application.port.StoredOrder;
import orders.application.port.Viewer;
import orders.domain.Event;
import orders.domain.Fact;
import orders.domain.Order;
import orders.domain.OrderId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// An order that moves between the look and the move of whoever expects a version of it.
final class ExpectedVersionTest {
  private static final Viewer EVERYBODY = new Viewer.Unrestricted();

  private final InMemoryStore store = new InMemoryStore();
  private final ScriptedPartner partner = new ScriptedPartner();
  private final Semaphore gate = new Semaphore(0);
  private final TestNode node = new TestNode(store, "a", partner.asPartners(), TestNode.pool(1, 1));

  /// What happens after a look, one after each.
  private final Queue<Runnable> meanwhile = new ArrayDeque<>();

  private final OrderMover mover =
      new OrderMover(
          new Interrupted(store.queries()),
          store.orders("b"),
          node.writes,
          node.watch,
          node.dispatcher);

  @AfterEach
  void stop() {
    gate.release(1_000);
    node.close();
  }

  /// An order at version 1, whose first step is being done.
  private OrderId begun() {
    partner.answers(call -> {
      gate.acquireUninterruptibly();
      return ScriptedPartner.done(call);
    });
    return node.place();
  }

  private void endStep(OrderId order, long version) {
    gate.release();
    eventually("the step has ended", () -> node.find(order).version() == version);
  }

  @Test
  void isLeftAloneIfItHadTheVersionWhenLookedAtButNotWhenMoved() {
    OrderId order = begun();
    meanwhile.add(() -> endStep(order, 2));
    assertThat(mover.move(order, EVERYBODY, new Expected.OneOf(Set.of(1L)), Order::cancel))
        .isEqualTo(new Moved.Outdated(2));
    assertThat(meanwhile).isEmpty();
    assertThat(node.facts(order)).doesNotContain(new Fact.CancelRequested());
  }

  @Test
  void isMovedFromAnyOfTheVersionsThatAreExpected() {
    OrderId order = begun();
    meanwhile.add(() -> endStep(order, 2));
    assertThat(mover.move(order, EVERYBODY, new Expected.OneOf(Set.of(1L, 2L)), Order::cancel))
        .isInstanceOf(Moved.Accepted.class);
    assertThat(node.facts(order).get(2)).isEqualTo(new Fact.CancelRequested());
  }

  /// Of a store in which something happens right after each look.
  private final class Interrupted implements OrderQueries {
    private final OrderQueries real;

    Interrupted(OrderQueries real) {
      this.real = real;
    }

    @Override
    public Optional<StoredOrder> find(OrderId id) {
      Optional<StoredOrder> found = real.find(id);
      Optional.ofNullable(meanwhile.poll()).ifPresent(Runnable::run);
      return found;
    }

    @Override
    public Optional<List<Event>> history(OrderId id) {
      return real.history(id);
    }

    @Override
    public List<StoredOrder> list(Filter filter, Optional<Position> after, int limit) {
      return real.list(filter, after, limit);
    }
  }
}
