package orders.application.port;

import orders.domain.OrderId;

/// A claim on the work of one order, held by the node that received it.
///
/// @param epoch grows with every claim on the same order: a write under an older epoch changes
///   nothing
public record Lease(OrderId order, long epoch) {}
