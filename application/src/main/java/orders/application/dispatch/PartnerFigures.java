package orders.application.dispatch;

/// How this node gets on with one partner, for operators.
///
/// @param breaker whether the partner is called at all
/// @param calls how many calls are under way
/// @param mostCalls how many may be at once
/// @param turnedAwayByLimit how many orders were sent away because as many calls as may be were
///   under way, since the node started
/// @param turnedAwayByBreaker how many because the breaker was open, since the node started
public record PartnerFigures(
    Breaker breaker, int calls, int mostCalls, long turnedAwayByLimit, long turnedAwayByBreaker) {
  /// The state of a circuit breaker.
  public enum Breaker {
    /// Calls are made.
    CLOSED,
    /// One call finds out whether the partner is back.
    HALF_OPEN,
    /// No calls are made.
    OPEN
  }
}
