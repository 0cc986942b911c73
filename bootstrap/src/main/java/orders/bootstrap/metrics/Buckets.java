package orders.bootstrap.metrics;

import java.time.Duration;
import java.util.stream.LongStream;

/// The upper ends of the histograms' buckets.
final class Buckets {
  /// Of an answer: from one commit to a request that is held for a minute.
  static final Duration[] REQUEST =
      millis(1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000);

  /// Of a call to a partner, which may take days by its settings and hardly ever minutes.
  static final Duration[] PARTNER =
      millis(5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000);

  /// Of a commit: from a fast disk to a database that gave up.
  static final Duration[] COMMIT = millis(1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 5_000);

  /// Of the calls that share a commit.
  static final double[] CALLS = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000};

  private Buckets() {}

  private static Duration[] millis(long... bounds) {
    return LongStream.of(bounds).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
  }
}
