package orders.application.dispatch;

import java.time.Duration;

/// How much this node asks each partner to bear.
///
/// @param calls the most calls to one partner at once, so that a slow one cannot take all workers
/// @param failures so many calls in a row that went wrong open the partner's circuit breaker, at
///   most [#MAX_FAILURES]
/// @param pause how long nobody calls the partner then, before one order tries whether it is back
public record PartnerLimits(int calls, int failures, Duration pause) {
  /// All of them are remembered.
  public static final int MAX_FAILURES = 10_000;

  public PartnerLimits {
    if (calls < 1 || failures < 1 || failures > MAX_FAILURES) {
      throw new IllegalArgumentException(
          "calls must be at least 1, failures from 1 to " + MAX_FAILURES);
    }
    if (!pause.isPositive()) {
      throw new IllegalArgumentException("pause must be positive");
    }
  }
}
