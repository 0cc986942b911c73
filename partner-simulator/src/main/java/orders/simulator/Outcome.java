package orders.simulator;

import orders.simulator.Call.Answer;
import orders.simulator.Call.Effect;
import org.jspecify.annotations.Nullable;

/// What comes of a call.
///
/// @param state of its key from then on
record Outcome(Answer answer, @Nullable Effect effect, @Nullable KeyState state) {
  Outcome(Answer answer, @Nullable KeyState state) {
    this(answer, null, state);
  }

  Outcome lost() {
    return new Outcome(Answer.LOST, effect, state);
  }
}
