package orders.simulator;

import orders.simulator.Asked.Money;
import orders.simulator.Call.Answer;
import org.jspecify.annotations.Nullable;

/// What is remembered of a key.
///
/// @param calls how many there were
/// @param waits how many of them were told to come back
record KeyHistory(
    Step step, int round, @Nullable KeyState state, @Nullable Money money, int calls, int waits) {

  static KeyHistory of(Step step, int round) {
    return new KeyHistory(step, round, null, null, 0, 0);
  }

  KeyHistory after(Entry entry) {
    return new KeyHistory(
        step,
        round,
        entry.state(),
        entry.money() == null ? money : entry.money(),
        calls + 1,
        waits + (entry.call().answer() == Answer.WAIT ? 1 : 0));
  }
}
