package orders.http.jetty;

import java.time.Duration;

/// How long one client has kept the server waiting, less what it moved meanwhile: a leaky bucket of
/// time. However it spreads its bytes, who moves fewer than it must runs out of patience; who is
/// fast for a day has no more of it than who came just now. Not safe for several threads.
final class Patience {
  private final long mostNanos;
  private final double nanosPerByte;
  private double waitedNanos;

  Patience(Duration most, int bytesPerSecond) {
    this.mostNanos = most.toNanos();
    this.nanosPerByte = 1e9 / bytesPerSecond;
  }

  /// @param waited since the last time; 0 if it was not waited for
  /// @param bytes that were moved since the last time
  void add(long waited, long bytes) {
    waitedNanos = Math.max(0, waitedNanos + waited - bytes * nanosPerByte);
  }

  boolean isOver() {
    return waitedNanos > mostNanos;
  }

  /// Whether a good part of it is gone, as it never is with a client that does its best.
  boolean isStrained() {
    return waitedNanos > mostNanos / 10.0;
  }
}
