package orders.faults.process;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// Waits for what a server will do: as short as possible, and no longer than only a fault would
/// take.
public final class Patience {
  private static final Duration MOST = Duration.ofMinutes(2);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);

  private Patience() {}

  /// Returns as soon as `condition` holds.
  ///
  /// @param otherwise ends the sentence "waited in vain for …"; asked only then
  /// @throws AssertionError if it does not hold in time
  /// @throws Exception whatever asking for the condition throws
  public static void until(Callable<Boolean> condition, Supplier<String> otherwise)
      throws Exception {
    long start = System.nanoTime();
    while (!condition.call()) {
      if (System.nanoTime() - start > MOST.toNanos()) {
        throw new AssertionError("waited in vain for " + otherwise.get());
      }
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    }
  }

  /// Lets so much time pass, for what must last that long to be what it is.
  public static void pause(Duration time) throws Exception {
    long start = System.nanoTime();
    until(() -> System.nanoTime() - start >= time.toNanos(), () -> "the time to pass");
  }
}
