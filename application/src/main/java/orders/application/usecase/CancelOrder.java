package orders.application.usecase;

import orders.application.port.Viewer;
import orders.domain.Order;
import orders.domain.OrderId;

/// Cancels an order that has not ended: at once if nothing was begun, else by undoing what was.
public final class CancelOrder {
  private final OrderMover mover;

  public CancelOrder(OrderMover mover) {
    this.mover = mover;
  }

  /// Durable when this returns [Moved.Accepted]; undoing goes on afterwards.
  public Moved cancel(OrderId id, Viewer viewer, Expected expected) {
    return mover.move(id, viewer, expected, Order::cancel);
  }
}
