package orders.simulator;

import org.jspecify.annotations.Nullable;

/// A call that a partner got, and what came of it, as it is listed.
///
/// @param n counts all calls of all partners from 1
/// @param at RFC 3339, UTC
/// @param effect absent if the call changed nothing
/// @param traceparent as it was sent, if it was
record Call(
    long n,
    String at,
    String method,
    Step step,
    String orderId,
    int round,
    String key,
    @Nullable Integer attempt,
    Answer answer,
    @Nullable Effect effect,
    @Nullable String traceparent) {

  enum Answer {
    DONE,
    DECLINED,
    UNDONE,
    REFUSED,
    WAIT,
    BUSY,
    ERROR,
    /// The connection was closed without one.
    LOST
  }

  enum Effect {
    DONE,
    UNDONE
  }
}
