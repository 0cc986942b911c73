package orders.benchmarks.driver;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Lets time pass: a measurement has a length.
public final class Waiting {
  private Waiting() {}

  /// @param nanoTime by [System#nanoTime]
  static void until(long nanoTime) {
    for (long left = nanoTime - System.nanoTime(); left > 0; left = nanoTime - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  public static void pass(Duration time) {
    until(System.nanoTime() + time.toNanos());
  }
}
