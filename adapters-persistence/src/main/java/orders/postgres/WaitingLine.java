package orders.postgres;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// Things that wait to be served together, as many at a time as there are by then.
///
/// There is no timer: whoever comes while nothing is being served is served at once, and whoever
/// comes meanwhile goes with the next. A further party begins beside it only once enough have come
/// to be worth it. Safe from any thread.
///
/// @param <T> what waits
final class WaitingLine<T> {
  private final Deque<T> waiting = new ArrayDeque<>();
  private final Function<T, ?> subject;
  private final int capacity;
  private final int enough;
  private int parties;
  private int inside;
  private boolean closed;

  /// @param capacity how many may wait or be served
  /// @param enough how many must wait before they are served beside others
  /// @param subject what a thing is about: no two about the same are served together
  WaitingLine(int capacity, int enough, Function<T, ?> subject) {
    this.capacity = capacity;
    this.enough = enough;
    this.subject = subject;
  }

  /// What came of wanting to wait.
  enum Entry {
    JOINED,
    FULL,
    CLOSED
  }

  synchronized Entry join(T thing) {
    if (closed) {
      return Entry.CLOSED;
    }
    if (inside >= capacity) {
      return Entry.FULL;
    }
    inside++;
    waiting.add(thing);
    if (isWorthIt()) {
      notify();
    }
    return Entry.JOINED;
  }

  /// Waits for things to serve: those that came first, and of each subject only the first. The same
  /// thread must call [#served] and then this again.
  ///
  /// @return empty once the line is closed and nothing waits any more
  synchronized List<T> next(int most) throws InterruptedException {
    while (!isWorthIt() && !(closed && waiting.isEmpty())) {
      wait();
    }
    List<T> taken = takeFirst(most);
    parties++;
    if (isWorthIt()) {
      notify();
    }
    return taken;
  }

  /// Makes room for `count` others. To be called once for each thing that [#next] gave, before
  /// whoever sent it learns what came of it: then he finds room for his next one.
  synchronized void leave(int count) {
    inside -= count;
  }

  /// To be called when all that [#next] gave is done with.
  synchronized void served() {
    parties--;
  }

  /// Nobody may join any more; who waits is still served.
  synchronized void close() {
    closed = true;
    notifyAll();
  }

  private boolean isWorthIt() {
    return waiting.size() >= (parties == 0 || closed ? 1 : enough);
  }

  private List<T> takeFirst(int most) {
    List<T> taken = new ArrayList<>();
    List<T> passedOver = new ArrayList<>();
    Set<Object> subjects = new HashSet<>();
    while (!waiting.isEmpty() && taken.size() < most) {
      T thing = waiting.remove();
      (subjects.add(subject.apply(thing)) ? taken : passedOver).add(thing);
    }
    passedOver.reversed().forEach(waiting::addFirst);
    return taken;
  }
}
