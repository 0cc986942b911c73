package orders.application.usecase;

import static orders.application.fake.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import orders.application.dispatch.OrderWatch;
import orders.application.dispatch.SystemThreads;
import orders.application.fake.InMemoryStore;
import orders.application.fake.SamplePurchases;
import orders.application.fake.ScriptedPartner;
import orders.application.fake.TestNode;
import orders.application.port.OrderQueries;
import orders.application.port.Orders;
import orders.application.port.Origin;
import orders.application.port.Partner;
import orders.application.port.Recorded;
import orders.application.port.StoreUnavailable;
import orders.application.port.StoreUnavailable.Effect;
import orders.application.port.StoredOrder;
import orders.application.port.Viewer;
import orders.application.usecase.PlaceOrder.Outcome;
import orders.domain.Event;
import orders.domain.Fact;
import orders.domain.Move;
import orders.domain.Order;
import orders.domain.OrderId;
import orders.domain.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What clients are told when the store does not say what came of their wish.
final class UnknownOutcomeTest {
  /// What becomes of a write, one after the other; of those beyond, what should.
  private enum Fate {
    /// Nothing, and the store says so.
    REFUSED,
    /// Nothing, but nobody says so.
    LOST,
    /// It happens, but nobody says so.
    ANSWER_LOST,
    /// It happens, nobody says so, and then somebody else moves the order.
    ANSWER_LOST_AND_OVERTAKEN
  }

  private final InMemoryStore store = new InMemoryStore();
  private final ScriptedPartner partner =
      new ScriptedPartner().answers(_ -> new Partner.Result.Wait(Duration.ofHours(1)));
  private final TestNode node = new TestNode(store, "a", partner.asPartners(), TestNode.pool(4, 4));
  private final Deque<Fate> fates = new ArrayDeque<>();
  private final Orders orders = new Fateful(store.orders("a"));
  private final SettledWrites writes =
      new SettledWrites(new SystemThreads(), Duration.ofMillis(300));
  private final PlaceOrder placeOrder =
      new PlaceOrder(orders, writes, node.watch, node.dispatcher, TestNode::newId);
  private final OrderMover mover =
      new OrderMover(store.queries(), orders, writes, new OrderWatch(), node.dispatcher);

  @AfterEach
  void stop() {
    node.close();
  }

  private final class Fateful implements Orders {
    private final Orders real;

    private Fateful(Orders real) {
      this.real = real;
    }

    @Override
    public Placed place(Move.Made placed, HandOver handOver, Origin origin) {
      return meet(placed.order().id(), () -> real.place(placed, handOver, origin));
    }

    @Override
    public Recorded move(Order before, Move.Made move) {
      return meet(before.id(), () -> real.move(before, move));
    }

    private <T> T meet(OrderId order, Supplier<T> write) {
      Fate fate = fates.poll();
      if (fate == null) {
        return write.get();
      }
      switch (fate) {
        case REFUSED -> throw new StoreUnavailable("refused", Effect.NONE, null);
        case LOST -> {}
        case ANSWER_LOST -> {
          var _ = write.get();
        }
        case ANSWER_LOST_AND_OVERTAKEN -> {
          var _ = write.get();
          node.awaitStatus(order, Status.CANCELLED);
        }
      }
      throw new StoreUnavailable("no answer", Effect.UNKNOWN, null);
    }
  }

  private StoredOrder place() {
    return switch (placeOrder.place(SamplePurchases.bookcases(), Origin.UNKNOWN)) {
      case Outcome.Accepted(StoredOrder order) -> order;
      case Outcome.KeyTaken _ -> throw new AssertionError("there is no key");
    };
  }

  @Test
  void anOrderWhoseAnswerWasLostIsStoredOnceAndAcknowledged() {
    fates.addAll(List.of(Fate.ANSWER_LOST, Fate.ANSWER_LOST, Fate.LOST));
    StoredOrder placed = place();
    assertThat(store.size()).isEqualTo(1);
    assertThat(store.queries().find(placed.order().id())).isPresent();
    // It was handed to this node by a try whose answer was lost: it must not wait for its lease.
    node.awaitStatus(placed.order().id(), Status.PROCESSING);
    eventually("a worker asks for it", () -> !partner.asked().isEmpty());
  }

  @Test
  void anOrderThatGotLostIsStoredByTheNextTry() {
    fates.addAll(List.of(Fate.LOST, Fate.REFUSED, Fate.LOST));
    place();
    assertThat(store.size()).isEqualTo(1);
  }

  @Test
  void aRefusedOrderIsRefusedAtOnce() {
    fates.add(Fate.REFUSED);
    assertThatThrownBy(this::place)
        .isInstanceOfSatisfying(
            StoreUnavailable.class, e -> assertThat(e.effect()).isEqualTo(Effect.NONE));
    assertThat(store.size()).isZero();
  }

  @Test
  void whatCannotBeFoundOutInTimeIsToldAsUnknownEvenIfTheLastTryNeverReachedTheStore() {
    fates.add(Fate.ANSWER_LOST);
    for (int i = 0; i < 100; i++) {
      fates.add(Fate.REFUSED);
    }
    assertThatThrownBy(this::place)
        .isInstanceOfSatisfying(
            StoreUnavailable.class, e -> assertThat(e.effect()).isEqualTo(Effect.UNKNOWN));
    assertThat(store.size()).isEqualTo(1);
  }

  @Test
  void aCancelWhoseAnswerWasLostIsAcceptedAndNotRefusedAsCancelledBefore() {
    OrderId order = place().order().id();
    node.awaitStatus(order, Status.PROCESSING);
    fates.add(Fate.ANSWER_LOST);
    assertThat(mover.move(order, new Viewer.Unrestricted(), new Expected.Any(), Order::cancel))
        .isInstanceOf(Moved.Accepted.class);
    assertThat(node.facts(order).stream().filter(Fact.CancelRequested.class::isInstance))
        .hasSize(1);
  }

  @Test
  void aCancelIsAcceptedAlsoWhenItsUndoingHasEndedMeanwhile() {
    OrderId order = place().order().id();
    node.awaitStatus(order, Status.PROCESSING);
    fates.add(Fate.ANSWER_LOST_AND_OVERTAKEN);
    assertThat(mover.move(order, new Viewer.Unrestricted(), new Expected.Any(), Order::cancel))
        .isInstanceOf(Moved.Accepted.class);
  }

  @Test
  void aCancelThatGotLostIsMadeByTheNextTry() {
    OrderId order = place().order().id();
    node.awaitStatus(order, Status.PROCESSING);
    fates.add(Fate.LOST);
    assertThat(mover.move(order, new Viewer.Unrestricted(), new Expected.Any(), Order::cancel))
        .isInstanceOf(Moved.Accepted.class);
    node.awaitStatus(order, Status.CANCELLED);
  }

  @Test
  void aCancelThatMayHaveBeenMadeIsToldAsUnknownIfTheHistoryCannotBeRead() {
    OrderId order = place().order().id();
    node.awaitStatus(order, Status.PROCESSING);
    OrderMover blind =
        new OrderMover(
            new WithoutHistory(store.queries()), orders, writes, new OrderWatch(), node.dispatcher);
    fates.add(Fate.ANSWER_LOST);
    assertThatThrownBy(
            () -> blind.move(order, new Viewer.Unrestricted(), new Expected.Any(), Order::cancel))
        .isInstanceOfSatisfying(
            StoreUnavailable.class, e -> assertThat(e.effect()).isEqualTo(Effect.UNKNOWN));
  }

  /// Refuses to tell what happened, as a database does that is busy.
  private record WithoutHistory(OrderQueries real) implements OrderQueries {
    @Override
    public Optional<StoredOrder> find(OrderId id) {
      return real.find(id);
    }

    @Override
    public Optional<List<Event>> history(OrderId id) {
      throw new StoreUnavailable("busy", Effect.NONE, null);
    }

    @Override
    public List<StoredOrder> list(Filter filter, Optional<Position> after, int limit) {
      return real.list(filter, after, limit);
    }
  }
}
