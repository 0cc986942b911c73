package orders.benchmarks.driver;

import java.util.SplittableRandom;

/// When the requests of an open loop are to be sent: at random, independent of each other and of
/// all answers (a Poisson process, as `pgbench --rate` has it).
///
/// In nanoseconds since the start of the load. Not safe for several threads.
final class IntendedTimes {
  private final SplittableRandom random;
  private final double meanNanos;
  private double next;

  /// @param perSecond on average
  IntendedTimes(double perSecond, long seed) {
    if (!(perSecond > 0)) {
      throw new IllegalArgumentException("a rate must be positive, was " + perSecond);
    }
    this.random = new SplittableRandom(seed);
    this.meanNanos = 1e9 / perSecond;
    advance();
  }

  /// The next one, again and again until [#advance].
  long next() {
    return (long) next;
  }

  void advance() {
    next -= Math.log(1 - random.nextDouble()) * meanNanos;
  }
}
