package orders.application.port;

import java.time.Instant;

/// What came of recording a move.
public sealed interface Recorded {
  /// Durable.
  ///
  /// @param at the time of its events
  record Done(Instant at) implements Recorded {}

  /// The order had moved on, or the lease was lost; nothing was written.
  record Stale() implements Recorded {}
}
