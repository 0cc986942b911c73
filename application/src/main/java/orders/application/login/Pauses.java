package orders.application.login;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Counts wrong passwords under names of one kind. From a number of them on, each further one
/// brings a pause for the name, twice as long as the one before.
///
/// Not safe from several threads. Remembers only so many names, and forgets those first that were
/// wrong longest ago.
final class Pauses<K> {
  /// What was wrong, or had to pause, longer ago than this counts no more.
  static final Duration WINDOW = Duration.ofMinutes(15);

  static final Duration FIRST = Duration.ofMinutes(1);
  static final Duration LONGEST = Duration.ofMinutes(15);

  /// More would be longer than the longest in any case.
  private static final int MAX_DOUBLINGS = 10;

  private final int free;
  private final int maxNames;
  private final Map<K, Count> counts = new LinkedHashMap<>();

  /// @param free the wrong password that brings the first pause: 5 for the fifth
  Pauses(int free, int maxNames) {
    this.free = free;
    this.maxNames = maxNames;
  }

  private record Count(int wrong, Instant last, Instant until) {
    boolean isForgottenAt(Instant now) {
      return !now.isBefore((until.isAfter(last) ? until : last).plus(WINDOW));
    }
  }

  /// One that was counted, so that it can be taken back.
  static final class Mark {
    private final Optional<Count> before;
    private final Count after;

    private Mark(Optional<Count> before, Count after) {
      this.before = before;
      this.after = after;
    }
  }

  /// How long a name has to pause; zero if it has not.
  Duration left(K name, Instant now) {
    Count count = counts.get(name);
    return count == null || !count.until.isAfter(now)
        ? Duration.ZERO
        : Duration.between(now, count.until);
  }

  /// Counts one that may turn out to be wrong, as if it were: of many at once, no more are let
  /// through than of one after the other.
  Mark add(K name, Instant now) {
    Optional<Count> before =
        Optional.ofNullable(counts.remove(name)).filter(count -> !count.isForgottenAt(now));
    int wrong = before.map(Count::wrong).orElse(0) + 1;
    var after = new Count(wrong, now, now.plus(pause(wrong)));
    counts.put(name, after);
    if (counts.size() > maxNames) {
      var oldest = counts.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
    return new Mark(before, after);
  }

  private Duration pause(int wrong) {
    if (wrong < free) {
      return Duration.ZERO;
    }
    Duration pause = FIRST.multipliedBy(1L << Math.min(wrong - free, MAX_DOUBLINGS));
    return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
  }

  /// Takes one back that did not turn out to be wrong, with the pause that it brought. A pause that
  /// others have brought since stays: whoever knows one password does not buy guesses with it.
  void takeBack(K name, Mark mark) {
    Count count = counts.get(name);
    if (count == null) {
      return;
    }
    if (count.equals(mark.after)) {
      counts.remove(name);
      mark.before.ifPresent(before -> counts.put(name, before));
    } else {
      counts.put(name, new Count(Math.max(0, count.wrong - 1), count.last, count.until));
    }
  }

  void forget(K name) {
    counts.remove(name);
  }

  int size() {
    return counts.size();
  }
}
