package orders.application.dispatch;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import orders.domain.OrderId;

/// Wakes those who wait for an order to change on this node.
///
/// A hint, not a promise: an order may also change on another node, so whoever waits must look
/// again now and then. Safe from any thread.
public final class OrderWatch implements AutoCloseable {
  private final ConcurrentHashMap<OrderId, Set<Watch>> watches = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /// Starts watching; to miss nothing, do so before reading the order. Close it when done.
  public Watch watch(OrderId order) {
    Watch watch = new Watch(order);
    watches.compute(
        order,
        (_, others) -> {
          Set<Watch> all = others == null ? ConcurrentHashMap.newKeySet() : others;
          all.add(watch);
          return all;
        });
    return watch;
  }

  /// To be called after a change of `order` is durable.
  public void changed(OrderId order) {
    Set<Watch> interested = watches.get(order);
    if (interested != null) {
      interested.forEach(Watch::wake);
    }
  }

  /// Whether anybody waits for any order.
  public boolean isWatched() {
    return !watches.isEmpty();
  }

  /// Wakes everybody for good: from now on, no watch waits.
  @Override
  public void close() {
    closed = true;
    watches.values().forEach(all -> all.forEach(Watch::wake));
  }

  /// One reader's wait. Not for sharing between threads.
  public final class Watch implements AutoCloseable {
    private final OrderId order;
    private final Semaphore changes = new Semaphore(0);

    private Watch(OrderId order) {
      this.order = order;
    }

    private void wake() {
      changes.release();
    }

    /// Returns when the order changed since the last call, or after `atMost`.
    ///
    /// @return false if waiting is over for good, because the server stops
    public boolean await(Duration atMost) throws InterruptedException {
      if (!closed && changes.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
        changes.drainPermits();
      }
      return !closed;
    }

    @Override
    public void close() {
      watches.computeIfPresent(
          order,
          (_, all) -> {
            all.remove(this);
            return all.isEmpty() ? null : all;
          });
    }
  }
}
