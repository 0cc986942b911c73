package orders.benchmarks.driver;

/// The times of one load, by [System#nanoTime].
///
/// @param start of the warm-up
/// @param from the first moment that is measured
/// @param to the first one that is not any more
record Clock(long start, long from, long to) {
  static final Clock NONE = new Clock(0, 0, 0);

  /// How long unanswered requests are waited for at the end.
  private static final long PATIENCE_NANOS = 30_000_000_000L;

  boolean measures(long now) {
    return now - from >= 0 && now - to < 0;
  }

  boolean isOver(long now) {
    return now - to >= 0;
  }

  boolean isPatienceOver(long now) {
    return now - to >= PATIENCE_NANOS;
  }
}
