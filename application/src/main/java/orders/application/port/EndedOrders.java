package orders.application.port;

import java.time.Duration;

/// Orders that have ended, for whoever tidies up. Safe from any thread.
public interface EndedOrders {
  /// Removes orders that ended long ago, for good and with everything about them: their lines,
  /// events and keys. Each of them wholly or not at all.
  ///
  /// One node at a time does this; another one that asks meanwhile removes nothing.
  ///
  /// @param age how long ago they ended at least, by the store's clock
  /// @param max the most to remove, the oldest first
  /// @return how many were removed; fewer than `max` if there are no more now
  /// @throws StoreUnavailable if the store did not say what came of it
  int remove(Duration age, int max);
}
