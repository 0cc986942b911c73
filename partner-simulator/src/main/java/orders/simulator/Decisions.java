package orders.simulator;

import java.util.SplittableRandom;
import orders.simulator.Call.Answer;
import orders.simulator.Call.Effect;
import org.jspecify.annotations.Nullable;

/// What a partner does about a call.
///
/// Drawn from the key, how often it was called, and the seed: the same calls have the same outcomes
/// on every run.
final class Decisions {
  private static final int MOST_WAITS = 2;

  private final long seed;

  Decisions(long seed) {
    this.seed = seed;
  }

  Outcome decide(Asked asked, KeyHistory known, Behaviour behaviour) {
    String call = asked.method() + " " + asked.key() + " " + known.calls();
    KeyState state = known.state();
    if (draw("busy " + call) < behaviour.busyRate()) {
      return new Outcome(Answer.BUSY, state);
    }
    if (draw("error " + call) < behaviour.errorRate()) {
      return new Outcome(Answer.ERROR, state);
    }
    boolean mayWait = known.waits() < MOST_WAITS && isOpen(asked, state);
    if (mayWait && draw("wait " + call) < behaviour.waitRate()) {
      return new Outcome(Answer.WAIT, state);
    }
    Outcome outcome =
        asked.isUndo() ? undo(asked, state, behaviour) : perform(asked, state, behaviour);
    return draw("lost " + call) < behaviour.lostAnswerRate() ? outcome.lost() : outcome;
  }

  /// Whether there is something to decide, rather than an answer to repeat.
  private static boolean isOpen(Asked asked, @Nullable KeyState state) {
    return asked.isUndo() ? state == KeyState.HELD : state == null;
  }

  private Outcome perform(Asked asked, @Nullable KeyState state, Behaviour behaviour) {
    return switch (state) {
      case null ->
          draw("decline " + asked.key()) < behaviour.declineRate()
              ? new Outcome(Answer.DECLINED, KeyState.DECLINED)
              : new Outcome(Answer.DONE, Effect.DONE, KeyState.HELD);
      case HELD -> new Outcome(Answer.DONE, state);
      case DECLINED, UNDONE, TOMBSTONE -> new Outcome(Answer.DECLINED, state);
    };
  }

  private Outcome undo(Asked asked, @Nullable KeyState state, Behaviour behaviour) {
    return switch (state) {
      case null -> new Outcome(Answer.UNDONE, KeyState.TOMBSTONE);
      case HELD ->
          draw("refuse " + asked.key()) < behaviour.refuseUndoRate()
              ? new Outcome(Answer.REFUSED, state)
              : new Outcome(Answer.UNDONE, Effect.UNDONE, KeyState.UNDONE);
      case DECLINED, UNDONE, TOMBSTONE -> new Outcome(Answer.UNDONE, state);
    };
  }

  /// A number from 0 to 1 that depends on `text` and the seed alone.
  private double draw(String text) {
    long hash = seed;
    for (int i = 0; i < text.length(); i++) {
      hash = hash * 1_000_003 + text.charAt(i);
    }
    return new SplittableRandom(hash).nextDouble();
  }
}
