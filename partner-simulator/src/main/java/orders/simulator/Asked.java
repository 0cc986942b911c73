package orders.simulator;

import org.jspecify.annotations.Nullable;

/// One call of the protocol, found to be well-formed.
///
/// @param attempt absent from a DELETE, as `money` is
/// @param traceparent as it was sent, if it was
record Asked(
    String method,
    Step step,
    String orderId,
    int round,
    @Nullable Integer attempt,
    @Nullable Money money,
    @Nullable String traceparent) {

  /// In the smallest unit of the currency.
  record Money(String currency, long total) {}

  boolean isUndo() {
    return method.equals("DELETE");
  }

  String key() {
    String key = orderId + "/" + step.word();
    return round == 1 ? key : key + "/" + round;
  }
}
