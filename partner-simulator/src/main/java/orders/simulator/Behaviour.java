package orders.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// How a partner behaves. Rates are shares from 0 to 1.
///
/// @param latencyMs how long it takes before it does or answers anything
/// @param declineRate of the keys
/// @param errorRate of the calls: 500, without an effect
/// @param lostAnswerRate of the calls: takes effect, then closes the connection
/// @param busyRate of the calls: 429, without an effect
/// @param waitRate of the calls, though of no key more than twice: come back in a second
/// @param refuseUndoRate of the keys that are held
/// @param down closes every connection at once, and remembers nothing of it
record Behaviour(
    int latencyMs,
    double declineRate,
    double errorRate,
    double lostAnswerRate,
    double busyRate,
    double waitRate,
    double refuseUndoRate,
    boolean down) {

  static final Behaviour GOOD = new Behaviour(0, 0, 0, 0, 0, 0, 0, false);

  private static final int HOUR_MS = 3_600_000;

  Behaviour {
    if (latencyMs < 0 || latencyMs > HOUR_MS) {
      throw new IllegalArgumentException("latency_ms must be from 0 to " + HOUR_MS);
    }
    rate("decline_rate", declineRate);
    rate("error_rate", errorRate);
    rate("lost_answer_rate", lostAnswerRate);
    rate("busy_rate", busyRate);
    rate("wait_rate", waitRate);
    rate("refuse_undo_rate", refuseUndoRate);
  }

  private static void rate(String name, double rate) {
    if (!(rate >= 0 && rate <= 1)) {
      throw new IllegalArgumentException(name + " must be from 0 to 1");
    }
  }

  /// This, with what `changes` names changed.
  ///
  /// @throws BadRequest if anything in it is no behaviour
  Behaviour with(ObjectNode changes) throws BadRequest {
    ObjectNode changed = Json.tree(this);
    changed.setAll(changes);
    return Json.read(changed, Behaviour.class);
  }
}
