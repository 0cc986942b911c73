package orders.postgres;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/// When transactions began to write, as far as it was noticed: what tells how far back to look for
/// the events of those that are not decided yet. Safe from any thread.
final class TurnTimes {
  /// What is noticed more often says little more.
  private static final Duration APART = Duration.ofSeconds(1);

  /// Of a day, at least, in which one transaction holds all others back.
  private static final int MOST = 100_000;

  /// How much longer than it was noticed a transaction may have been open by then. Places in the
  /// feed are not good for longer.
  static final Duration BEFORE = Duration.ofMinutes(10);

  private final Deque<Noticed> noticed = new ArrayDeque<>();

  /// At `time`, no transaction numbered `next` or higher had begun to write.
  private record Noticed(Instant time, long next) {}

  /// @param next the number of the next transaction
  /// @param open the oldest one that was not decided at `time`: nobody will ask for older ones
  synchronized void notice(Instant time, long next, long open) {
    long from = next;
    // A clock that was set back dates what comes now before what it dated already.
    while (!noticed.isEmpty() && noticed.getLast().time().isAfter(time)) {
      from = noticed.removeLast().next();
    }
    if (from < next || noticed.isEmpty() || isWorthNoticing(time)) {
      noticed.addLast(new Noticed(time, from));
    }
    forgetBefore(open);
  }

  private boolean isWorthNoticing(Instant time) {
    return noticed.size() < MOST && !noticed.getLast().time().plus(APART).isAfter(time);
  }

  private void forgetBefore(long open) {
    while (noticed.size() > 1) {
      Noticed oldest = noticed.removeFirst();
      if (noticed.getFirst().next() > open) {
        noticed.addFirst(oldest);
        return;
      }
    }
  }

  /// No transaction numbered `turn` or higher began to write before that. Of one that was open when
  /// first anything was noticed, it is taken that it had been for [#BEFORE], and no longer.
  synchronized Instant since(long turn) {
    Instant since = noticed.getFirst().time();
    if (noticed.getFirst().next() > turn) {
      return since.minus(BEFORE);
    }
    for (Noticed each : noticed) {
      if (each.next() > turn) {
        break;
      }
      since = each.time();
    }
    return since;
  }

  /// The same, but no earlier than anything was noticed.
  synchronized Instant noticed(long turn) {
    Instant first = noticed.getFirst().time();
    Instant since = since(turn);
    return since.isBefore(first) ? first : since;
  }
}
