package orders.application.dispatch;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Things that wait, taken from each party in turn, and of one party in the order of their arrival.
///
/// Safe from any thread. Never blocks, and holds as much as is put in.
final class FairQueue<P, T> {
  /// Parties that have something waiting, the one whose turn is next first.
  private final SequencedMap<P, Deque<T>> turns = new LinkedHashMap<>();

  synchronized void add(P party, T thing) {
    turns.computeIfAbsent(party, _ -> new ArrayDeque<>()).add(thing);
  }

  synchronized @Nullable T poll() {
    Map.Entry<P, Deque<T>> turn = turns.pollFirstEntry();
    if (turn == null) {
      return null;
    }
    T thing = turn.getValue().remove();
    if (!turn.getValue().isEmpty()) {
      turns.put(turn.getKey(), turn.getValue());
    }
    return thing;
  }

  /// @return whether it was there, and now is not
  synchronized boolean remove(P party, T thing) {
    Deque<T> waiting = turns.get(party);
    if (waiting == null || !waiting.remove(thing)) {
      return false;
    }
    if (waiting.isEmpty()) {
      turns.remove(party);
    }
    return true;
  }

  synchronized boolean isEmpty() {
    return turns.isEmpty();
  }
}
