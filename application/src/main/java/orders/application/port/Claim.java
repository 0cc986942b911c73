package orders.application.port;

import orders.domain.Order;

/// An order to work on, and the lease to do so under.
///
/// @param order as it was when claimed; never pending, since its claim began it
public record Claim(Order order, Lease lease) {
  public Claim {
    if (!order.id().equals(lease.order())) {
      throw new IllegalArgumentException("the lease is for another order");
    }
  }
}
