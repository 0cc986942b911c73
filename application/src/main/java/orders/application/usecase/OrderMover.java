package orders.application.usecase;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import orders.application.dispatch.Dispatcher;
import orders.application.dispatch.OrderWatch;
import orders.application.port.OrderQueries;
import orders.application.port.Orders;
import orders.application.port.Recorded;
import orders.application.port.StoreUnavailable;
import orders.application.port.StoreUnavailable.Effect;
import orders.application.port.StoredOrder;
import orders.application.port.Viewer;
import orders.application.usecase.SettledWrites.Settled;
import orders.domain.Event;
import orders.domain.Move;
import orders.domain.Order;
import orders.domain.OrderId;

/// Moves an order from outside the worker pool, against workers that may be moving it too.
///
/// Reads, decides, and writes only if the order still is as it was read; if not, once more. Whoever
/// writes first wins, and the other decides anew on what it finds.
public final class OrderMover {
  /// An order makes a handful of moves in its life; so many in a row means a fault, not a rival.
  private static final int MAX_TRIES = 50;

  private final OrderQueries queries;
  private final Orders orders;
  private final SettledWrites writes;
  private final OrderWatch watch;
  private final Dispatcher dispatcher;

  public OrderMover(
      OrderQueries queries,
      Orders orders,
      SettledWrites writes,
      OrderWatch watch,
      Dispatcher dispatcher) {
    this.queries = queries;
    this.orders = orders;
    this.writes = writes;
    this.watch = watch;
    this.dispatcher = dispatcher;
  }

  /// @param expected held against the very version that is moved
  Moved move(OrderId id, Viewer viewer, Expected expected, Function<Order, Move> wish) {
    for (int tries = 0; tries < MAX_TRIES; tries++) {
      Optional<StoredOrder> found = queries.find(id).filter(viewer::sees);
      if (found.isEmpty()) {
        return new Moved.Unknown();
      }
      StoredOrder before = found.get();
      if (!expected.includes(before.order().version())) {
        return new Moved.Outdated(before.order().version());
      }
      switch (wish.apply(before.order())) {
        case Move.Refused(var status, var explanation) -> {
          return new Moved.Refused(status, explanation);
        }
        case Move.Made made -> {
          Optional<Instant> at = record(before.order(), made);
          if (at.isPresent()) {
            return accepted(
                StoredOrder.released(
                    made.order(), before.placedBy(), before.createdAt(), at.get()));
          }
          // Somebody was quicker; decide anew.
        }
      }
    }
    throw new IllegalStateException(
        "order " + id + " changed under each of " + MAX_TRIES + " tries");
  }

  /// When the move was recorded; empty if it was not, because the order had moved.
  private Optional<Instant> record(Order before, Move.Made made) {
    Settled<Recorded> settled = writes.settle(() -> orders.move(before, made));
    return switch (settled.outcome()) {
      case Recorded.Done(Instant at) -> Optional.of(at);
      case Recorded.Stale _ -> settled.repeated() ? recordedBefore(made) : Optional.empty();
    };
  }

  /// After a stale try that followed one of unknown outcome: whether that one is in the history.
  ///
  /// @throws StoreUnavailable if that could not be read: what came of the move is unknown then,
  ///   although the read itself had no effect
  private Optional<Instant> recordedBefore(Move.Made made) {
    List<Event> history;
    try {
      history = queries.history(made.order().id()).orElseThrow();
    } catch (StoreUnavailable e) {
      throw new StoreUnavailable(
          "what came of a move could not be read: " + e.getMessage(), Effect.UNKNOWN, e);
    }
    List<Event> happened =
        history.stream()
            .filter(event -> event.seq() > made.versionBefore())
            .filter(event -> event.seq() <= made.order().version())
            .toList();
    return happened.stream().map(Event::fact).toList().equals(made.facts())
        ? Optional.of(happened.getLast().at())
        : Optional.empty();
  }

  private Moved accepted(StoredOrder moved) {
    watch.changed(moved.order().id());
    if (!moved.order().status().isTerminal()) {
      dispatcher.workIsWaiting();
    }
    return new Moved.Accepted(moved);
  }
}
