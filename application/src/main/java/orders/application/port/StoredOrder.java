package orders.application.port;

import java.time.Instant;
import orders.domain.Order;

/// An order with the times its store gave it, by the database's clock, in whole microseconds.
///
/// @param createdAt when it was placed
/// @param updatedAt when its last event happened; never before `createdAt`
public record StoredOrder(Order order, Instant createdAt, Instant updatedAt) {}
