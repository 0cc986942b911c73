package orders.application.usecase;

import orders.application.port.Viewer;
import orders.domain.Order;
import orders.domain.OrderId;

/// Starts a failed order again, for operators.
public final class RetryOrder {
  private final OrderMover mover;

  public RetryOrder(OrderMover mover) {
    this.mover = mover;
  }

  /// Durable when this returns [Moved.Accepted]; the work goes on afterwards.
  public Moved retry(OrderId id, Viewer viewer, Expected expected) {
    return mover.move(id, viewer, expected, Order::retry);
  }
}
