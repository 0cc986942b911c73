package orders.application.port;

import java.time.Instant;
import java.util.Optional;
import orders.domain.Order;

/// An order with the times its store gave it, by the database's clock, in whole microseconds.
///
/// @param placedBy under whose name it was placed
/// @param createdAt when it was placed
/// @param updatedAt when its last event happened; never before `createdAt`
/// @param waiting present while the order is live
public record StoredOrder(
    Order order,
    PlacedBy placedBy,
    Instant createdAt,
    Instant updatedAt,
    Optional<Waiting> waiting) {
  /// An order whose work, if there is any left, nobody holds and anybody may claim.
  public static StoredOrder released(
      Order order, PlacedBy placedBy, Instant createdAt, Instant updatedAt) {
    return new StoredOrder(
        order,
        placedBy,
        createdAt,
        updatedAt,
        order.status().isTerminal() ? Optional.empty() : Optional.of(new Waiting.ForWorker()));
  }
}
