package orders.http.jetty;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks after all connections in turn: ends those that are too slow, and some when there are too
/// many. Safe from any thread.
final class Watch {
  private static final Logger log = LoggerFactory.getLogger(Watch.class);

  /// Of the shortest time that a client has.
  private static final int LOOKS = 10;

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  /// Of all connections, how many go at once when there are too many: to choose costs a look at
  /// each.
  private static final int PART = 20;

  /// Of all connections, how many may keep a request waiting before each has less time to do so: it
  /// holds a thread, and its body or its answer in memory.
  private static final int WAITED_FOR = 20;

  private static final long SECONDS_BETWEEN_WARNINGS = 60;

  private final ConnectionLimits limits;
  private final Duration pause;
  private final Set<WatchedEndPoint> connections = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean crowded = new AtomicBoolean();
  private final ReentrantLock choosing = new ReentrantLock();
  private long warnedNanos = System.nanoTime() - TimeUnit.SECONDS.toNanos(SECONDS_BETWEEN_WARNINGS);
  private volatile boolean stopped;

  Watch(ConnectionLimits limits) {
    this.limits = limits;
    Duration shortest =
        limits.head().compareTo(limits.stall()) < 0 ? limits.head() : limits.stall();
    Duration wanted = shortest.dividedBy(LOOKS);
    this.pause = wanted.compareTo(LONGEST_PAUSE) < 0 ? wanted : LONGEST_PAUSE;
  }

  void start(Scheduler scheduler) {
    var _ = scheduler.schedule(() -> look(scheduler), pause.toNanos(), TimeUnit.NANOSECONDS);
  }

  /// The connections stay as they are.
  void stop() {
    stopped = true;
  }

  private void look(Scheduler scheduler) {
    try {
      long now = System.nanoTime();
      int waitedFor = 0;
      for (WatchedEndPoint connection : connections) {
        connection.look(now);
        waitedFor += connection.isWaitedFor() ? 1 : 0;
      }
      if (crowded.getAndSet(false) || waitedFor > limits.most() / WAITED_FOR) {
        connections.forEach(WatchedEndPoint::cutIfStrained);
      }
    } catch (RuntimeException e) {
      log.error("Slow connections are not ended for now", e);
    } finally {
      if (!stopped) {
        start(scheduler);
      }
    }
  }

  /// There are more requests than can be handled: who keeps them waiting is cut with the next look.
  void isCrowded() {
    crowded.set(true);
  }

  void remove(WatchedEndPoint connection) {
    connections.remove(connection);
  }

  /// Closes others if there is no room for it, or else itself.
  void add(WatchedEndPoint connection) {
    connections.add(connection);
    if (connections.size() > limits.most()) {
      choosing.lock();
      try {
        makeRoom(connection);
      } finally {
        choosing.unlock();
      }
    }
  }

  private void makeRoom(WatchedEndPoint newest) {
    int tooMany = connections.size() - limits.most();
    if (tooMany <= 0) {
      return;
    }
    warn();
    List<WatchedEndPoint> toGo =
        Crowd.toGo(
            connections.stream().filter(connection -> connection != newest).toList(),
            tooMany + limits.most() / PART);
    for (WatchedEndPoint each : toGo) {
      // Gone for the count at once, and for the system soon.
      connections.remove(each);
      each.drop();
    }
    if (toGo.isEmpty()) {
      connections.remove(newest);
      newest.close();
    }
  }

  private void warn() {
    long now = System.nanoTime();
    if (now - warnedNanos >= TimeUnit.SECONDS.toNanos(SECONDS_BETWEEN_WARNINGS)) {
      warnedNanos = now;
      log.warn(
          "There are more than {} connections: those that wait for their clients are closed",
          limits.most());
    }
  }
}
