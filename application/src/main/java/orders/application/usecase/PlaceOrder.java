package orders.application.usecase;

import java.util.Optional;
import java.util.function.Supplier;
import orders.application.dispatch.Dispatcher;
import orders.application.dispatch.LogContext;
import orders.application.dispatch.OrderWatch;
import orders.application.port.Claim;
import orders.application.port.Orders;
import orders.application.port.Orders.HandOver;
import orders.application.port.Orders.Placed;
import orders.application.port.Origin;
import orders.application.port.StoredOrder;
import orders.application.port.TraceContext;
import orders.domain.Move;
import orders.domain.Order;
import orders.domain.OrderId;
import orders.domain.Purchase;

/// Takes an order: it is durable when this returns.
public final class PlaceOrder {
  private final Orders orders;
  private final SettledWrites writes;
  private final OrderWatch watch;
  private final Dispatcher dispatcher;
  private final Supplier<OrderId> ids;

  public PlaceOrder(
      Orders orders,
      SettledWrites writes,
      OrderWatch watch,
      Dispatcher dispatcher,
      Supplier<OrderId> ids) {
    this.orders = orders;
    this.writes = writes;
    this.watch = watch;
    this.dispatcher = dispatcher;
    this.ids = ids;
  }

  /// What came of it.
  public sealed interface Outcome {
    /// Durable: the order as it was when it was first placed. The same for everybody who places the
    /// same purchase under the same key.
    record Accepted(StoredOrder order) implements Outcome {}

    /// The key already stands for another purchase; nothing was changed.
    record KeyTaken() implements Outcome {}
  }

  /// Never waits for a worker: if this node has none to spare, the order waits in the database.
  ///
  /// @param origin without a key, each call is an order of its own
  /// @throws orders.application.port.StoreUnavailable if the order was not stored, or if it could
  ///   not be found out whether it was
  public Outcome place(Purchase purchase, Origin origin) {
    OrderId id = ids.get();
    LogContext.enter(id, origin.trace().orElseGet(() -> TraceContext.of(id)));
    Move.Made placed = Order.place(id, purchase);
    Optional<Dispatcher.Slot> reserved = dispatcher.reserve();
    Placed stored;
    if (reserved.isPresent()) {
      try (Dispatcher.Slot slot = reserved.get()) {
        stored = store(placed, HandOver.THIS_NODE, origin);
        Order claimed = stored.order().claimed();
        stored.lease().ifPresent(lease -> slot.use(new Claim(claimed, lease, origin.trace())));
      }
    } else {
      stored = store(placed, HandOver.ANY_NODE, origin);
      dispatcher.workIsWaiting();
    }
    watch.changed(stored.order().id());
    return stored.order().purchase().equals(purchase)
        ? new Outcome.Accepted(
            StoredOrder.released(stored.order(), origin.placedBy(), stored.at(), stored.at()))
        : new Outcome.KeyTaken();
  }

  private Placed store(Move.Made placed, HandOver handOver, Origin origin) {
    return writes.settle(() -> orders.place(placed, handOver, origin)).outcome();
  }
}
