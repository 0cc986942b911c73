package orders.application.port;

import java.util.Optional;

/// Where an order that is placed comes from.
///
/// @param key of this wish among all of `placedBy`'s
/// @param trace of the request; absent if it came without one
public record Origin(
    PlacedBy placedBy, Optional<IdempotencyKey> key, Optional<TraceContext> trace) {
  /// Nothing is known of it.
  public static final Origin UNKNOWN = ofKey(Optional.empty());

  /// Nothing but its key, if it has one, is known of it.
  public static Origin ofKey(Optional<IdempotencyKey> key) {
    return new Origin(PlacedBy.ANYBODY, key, Optional.empty());
  }
}
