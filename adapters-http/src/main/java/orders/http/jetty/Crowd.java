package orders.http.jetty;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import orders.http.jetty.WatchedEndPoint.Waiting;

/// Chooses who must go when there are too many connections: of the client that has the most, the
/// one that has been of no use for longest, and so on. A client alone with its many connections
/// thus pushes out its own.
///
/// Only connections that wait for their clients can be chosen: an answer that the server owes is
/// given.
final class Crowd {
  private Crowd() {}

  /// @return no more than `number`, and fewer only if there are no others to choose from
  static List<WatchedEndPoint> toGo(Collection<WatchedEndPoint> connections, int number) {
    Map<ByteBuffer, List<WatchedEndPoint>> byClient = new HashMap<>();
    for (WatchedEndPoint connection : connections) {
      if (connection.waiting() != Waiting.SERVER) {
        byClient.computeIfAbsent(connection.client(), _ -> new ArrayList<>()).add(connection);
      }
    }
    PriorityQueue<Queue<WatchedEndPoint>> clients =
        new PriorityQueue<>(Comparator.comparing(Queue::size, Comparator.reverseOrder()));
    long now = System.nanoTime();
    for (List<WatchedEndPoint> theirs : byClient.values()) {
      // Fixed before they are sorted: they change meanwhile.
      Map<WatchedEndPoint, Long> ages = new HashMap<>();
      theirs.forEach(connection -> ages.put(connection, now - connection.sinceNanos()));
      theirs.sort(Comparator.comparing(ages::get, Comparator.reverseOrder()));
      clients.add(new ArrayDeque<>(theirs));
    }
    List<WatchedEndPoint> chosen = new ArrayList<>();
    for (Queue<WatchedEndPoint> largest = clients.poll();
        largest != null && chosen.size() < number;
        largest = clients.poll()) {
      chosen.add(largest.remove());
      if (!largest.isEmpty()) {
        clients.add(largest);
      }
    }
    return chosen;
  }
}
