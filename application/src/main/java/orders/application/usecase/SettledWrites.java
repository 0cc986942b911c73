package orders.application.usecase;

import java.time.Duration;
import java.util.function.Supplier;
import orders.application.port.StoreUnavailable;
import orders.application.port.StoreUnavailable.Effect;
import orders.application.port.Threads;

/// Finds out what came of a write whose outcome the store did not tell, by making it again: the
/// writes of [orders.application.port.Orders] may be repeated for that. Safe from any thread.
public final class SettledWrites {
  /// Long enough for a database that is started again, and not too long for somebody who waits.
  public static final Duration PATIENCE = Duration.ofSeconds(8);

  private static final Duration PAUSE = Duration.ofMillis(100);

  private final Threads threads;
  private final Duration patience;
  private final Threads.Monitor nothing;

  /// @param patience how long it is tried, from the first write on; at least once again in any case
  public SettledWrites(Threads threads, Duration patience) {
    this.patience = patience;
    this.threads = threads;
    this.nothing = threads.monitor();
  }

  /// @param repeated whether an earlier try may have been what happened
  record Settled<T>(T outcome, boolean repeated) {}

  /// Blocks until the outcome is known.
  ///
  /// @throws StoreUnavailable if nothing happened, or if it could not be found out in time
  <T> Settled<T> settle(Supplier<T> write) {
    long start = threads.nanoTime();
    for (int tries = 1; ; tries++) {
      try {
        return new Settled<>(write.get(), tries > 1);
      } catch (StoreUnavailable e) {
        boolean nothingHappened = tries == 1 && e.effect() == Effect.NONE;
        boolean tooLate = tries > 1 && threads.nanoTime() - start > patience.toNanos();
        if (nothingHappened || tooLate || !pause()) {
          throw nothingHappened ? e : new StoreUnavailable(message(e), Effect.UNKNOWN, e);
        }
      }
    }
  }

  private static String message(StoreUnavailable e) {
    return "what came of a write could not be found out: " + e.getMessage();
  }

  private boolean pause() {
    try {
      var _ = nothing.await(() -> false, PAUSE);
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
