package orders.application.dispatch;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How often a step is tried, how long one call may take, and how long to wait between tries.
///
/// @param attempts the most tries of one step
/// @param undoAttempts the most tries of one undo before an operator must see to it
/// @param timeout the most one call may take before its outcome counts as unknown
/// @param backoff the longest wait after the first failed attempt; doubled with each further one
/// @param backoffCap the longest wait ever
public record RetryPolicy(
    int attempts, int undoAttempts, Duration timeout, Duration backoff, Duration backoffCap) {
  private static final int MAX_DOUBLINGS = 30;

  public RetryPolicy {
    if (attempts < 1 || undoAttempts < 1) {
      throw new IllegalArgumentException("attempts must be at least 1");
    }
    if (!timeout.isPositive() || !backoff.isPositive() || backoffCap.compareTo(backoff) < 0) {
      throw new IllegalArgumentException(
          "timeout and backoff must be positive, and the cap no less than the backoff");
    }
  }

  boolean allowsAnotherAfter(int failedAttempts) {
    return failedAttempts < attempts;
  }

  boolean allowsAnotherUndoAfter(int failedAttempts) {
    return failedAttempts < undoAttempts;
  }

  /// How long to wait after `failedAttempts` (at least 1): anything up to the exponential bound, so
  /// that orders which failed together do not come back together.
  Duration delayAfter(int failedAttempts, RandomGenerator random) {
    long cap = backoffCap.toNanos();
    int doublings = Math.min(failedAttempts - 1, MAX_DOUBLINGS);
    long bound =
        backoff.toNanos() > cap >> doublings ? cap : Math.min(cap, backoff.toNanos() << doublings);
    return Duration.ofNanos(random.nextLong(bound + 1));
  }
}
