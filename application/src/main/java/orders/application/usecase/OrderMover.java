package orders.application.usecase;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import orders.application.dispatch.Dispatcher;
import orders.application.dispatch.OrderWatch;
import orders.application.port.OrderQueries;
import orders.application.port.Orders;
import orders.application.port.Recorded;
import orders.application.port.StoredOrder;
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
  private final OrderWatch watch;
  private final Dispatcher dispatcher;

  public OrderMover(OrderQueries queries, Orders orders, OrderWatch watch, Dispatcher dispatcher) {
    this.queries = queries;
    this.orders = orders;
    this.watch = watch;
    this.dispatcher = dispatcher;
  }

  Moved move(OrderId id, Function<Order, Move> wish) {
    for (int tries = 0; tries < MAX_TRIES; tries++) {
      Optional<StoredOrder> found = queries.find(id);
      if (found.isEmpty()) {
        return new Moved.Unknown();
      }
      StoredOrder before = found.get();
      switch (wish.apply(before.order())) {
        case Move.Refused(var status, var explanation) -> {
          return new Moved.Refused(status, explanation);
        }
        case Move.Made made -> {
          switch (orders.move(before.order(), made)) {
            case Recorded.Done(Instant at) -> {
              return accepted(StoredOrder.released(made.order(), before.createdAt(), at));
            }
            case Recorded.Stale _ -> {
              // Somebody was quicker; decide anew.
            }
          }
        }
      }
    }
    throw new IllegalStateException(
        "order " + id + " changed under each of " + MAX_TRIES + " tries");
  }

  private Moved accepted(StoredOrder moved) {
    watch.changed(moved.order().id());
    if (!moved.order().status().isTerminal()) {
      dispatcher.workIsWaiting();
    }
    return new Moved.Accepted(moved);
  }
}
