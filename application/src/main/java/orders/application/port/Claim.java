package orders.application.port;

import java.util.Optional;
import orders.domain.Order;

/// An order to work on, and the lease to do so under.
///
/// @param order as it was when claimed; never pending, since its claim began it
/// @param trace that the order was placed with, if it was
public record Claim(Order order, Lease lease, Optional<TraceContext> trace) {
  public Claim {
    if (!order.id().equals(lease.order())) {
      throw new IllegalArgumentException("the lease is for another order");
    }
  }

  /// Of an order that was placed without a trace.
  public Claim(Order order, Lease lease) {
    this(order, lease, Optional.empty());
  }

  /// The trace that all work on the order belongs to.
  public TraceContext traceOfWork() {
    return trace.orElseGet(() -> TraceContext.of(order.id()));
  }
}
