package orders.application.dispatch;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import orders.domain.OrderId;
import org.jspecify.annotations.Nullable;

/// Wakes those who wait for an order to change.
///
/// It is told of changes on this node as they happen, and of those on other nodes by somebody who
/// asks the database now and then. A hint, not a promise: whoever is woken must look. Safe from any
/// thread.
public final class OrderWatch implements AutoCloseable {
  private final ConcurrentHashMap<OrderId, Set<Watch>> watches = new ConcurrentHashMap<>();
  private final Set<Watch> watchesOfAll = ConcurrentHashMap.newKeySet();
  private final Semaphore begun = new Semaphore(0);
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile boolean closed;

  /// Starts watching; to miss nothing, do so before reading the order. Close it when done.
  public Watch watch(OrderId order) {
    Watch watch = new Watch(order);
    watches.compute(
        order,
        (_, others) -> {
          Set<Watch> all = others == null ? ConcurrentHashMap.newKeySet(2) : others;
          all.add(watch);
          return all;
        });
    release(begun);
    return watch;
  }

  /// Starts watching what happens to any order on this node. Close it when done.
  public Watch watchAll() {
    Watch watch = new Watch(null);
    watchesOfAll.add(watch);
    return watch;
  }

  /// To be called after a change of `order` is durable.
  public void changed(OrderId order) {
    Set<Watch> interested = watches.get(order);
    if (interested != null) {
      interested.forEach(Watch::wake);
    }
    if (!watchesOfAll.isEmpty()) {
      watchesOfAll.forEach(Watch::wake);
    }
  }

  /// To be called with what the database says of a watched order: wakes those who have not seen
  /// that much of it.
  ///
  /// @param version the number of its last event; empty if it does not exist
  public void found(OrderId order, Optional<Long> version) {
    Set<Watch> interested = watches.get(order);
    if (interested != null) {
      interested.stream()
          .filter(watch -> version.isEmpty() || version.get() > watch.seen)
          .forEach(Watch::wake);
    }
  }

  /// Whether anybody waits for any one order.
  public boolean isWatched() {
    return !watches.isEmpty();
  }

  /// The orders that somebody waits for.
  public List<OrderId> watched() {
    return List.copyOf(watches.keySet());
  }

  /// Returns once somebody waits for an order.
  ///
  /// @return false if nobody will any more, because the server stops
  public boolean awaitWatched() throws InterruptedException {
    while (!closed && !isWatched()) {
      begun.acquire();
    }
    return !closed;
  }

  /// Waits for `duration`, or less if the server stops meanwhile.
  ///
  /// @return whether it stops
  public boolean awaitStop(Duration duration) throws InterruptedException {
    return closing.await(duration.toNanos(), TimeUnit.NANOSECONDS);
  }

  /// Wakes everybody for good: from now on, no watch waits.
  @Override
  public void close() {
    closed = true;
    closing.countDown();
    watches.values().forEach(all -> all.forEach(Watch::wake));
    watchesOfAll.forEach(Watch::wake);
    release(begun);
  }

  /// To be told twice before one looks is no more than to be told once.
  private static void release(Semaphore permits) {
    if (permits.availablePermits() == 0) {
      permits.release();
    }
  }

  /// Why a wait ended.
  public enum News {
    CHANGED,
    NONE,
    /// Waiting is over for good, because the server stops.
    STOPPING
  }

  /// One reader's wait. Not for sharing between threads.
  public final class Watch implements AutoCloseable {
    private final @Nullable OrderId order;
    private final Semaphore changes = new Semaphore(0);
    private volatile long seen;

    private Watch(@Nullable OrderId order) {
      this.order = order;
    }

    private void wake() {
      release(changes);
    }

    /// That the order was read as it is with this number of events.
    public void saw(long version) {
      seen = version;
    }

    /// Returns when the order changed since the last call, or after `atMost`.
    ///
    /// @return false if waiting is over for good, because the server stops
    public boolean await(Duration atMost) throws InterruptedException {
      return awaitNews(atMost) != News.STOPPING;
    }

    /// Returns when the order changed since the last call, or after `atMost`.
    public News awaitNews(Duration atMost) throws InterruptedException {
      boolean changed = !closed && changes.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS);
      if (closed) {
        return News.STOPPING;
      }
      if (!changed) {
        return News.NONE;
      }
      // Whoever looks now sees all that was told so far.
      changes.drainPermits();
      return News.CHANGED;
    }

    @Override
    public void close() {
      if (order == null) {
        watchesOfAll.remove(this);
      } else {
        watches.computeIfPresent(
            order,
            (_, all) -> {
              all.remove(this);
              return all.isEmpty() ? null : all;
            });
      }
    }
  }
}
