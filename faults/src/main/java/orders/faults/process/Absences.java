package orders.faults.process;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// The times in which nothing can be expected of a server. Safe from any thread.
final class Absences {
  private final List<Absence> all = new CopyOnWriteArrayList<>();

  private record Absence(Instant from, Instant to) {
    Duration within(Instant begin, Instant end) {
      Instant first = from.isAfter(begin) ? from : begin;
      Instant last = to.isBefore(end) ? to : end;
      return last.isAfter(first) ? Duration.between(first, last) : Duration.ZERO;
    }
  }

  /// @return what ends it
  Runnable begin(Instant from) {
    Absence open = new Absence(from, Instant.MAX);
    all.add(open);
    return () -> {
      // A second for what was under way to come to its end.
      all.add(new Absence(from, Instant.now().plusSeconds(1)));
      all.remove(open);
    };
  }

  /// How much of the time between the two it was away; zero if it was there all the time.
  Duration between(Instant from, Instant to) {
    return all.stream()
        .map(absence -> absence.within(from, to))
        .reduce(Duration.ZERO, Duration::plus);
  }
}
