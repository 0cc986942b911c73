package orders.application.dispatch;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import orders.application.port.Lease;
import orders.application.port.Recorded;
import orders.application.port.StoreUnavailable;
import orders.application.port.StoreUnavailable.Effect;
import orders.application.port.WorkQueue;
import orders.application.port.WorkQueue.Obstacle;
import orders.domain.Move;
import orders.domain.Order;
import orders.domain.OrderId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What workers write under their leases, until its outcome is known.
///
/// What a partner has done must not wait for a lease to run out only because the store is busy or
/// away for a while: it is asked until it answers, or this node stops. Should the lease be lost
/// meanwhile, the store will say so. Safe from any thread.
final class LeasedWrites {
  private static final Logger log = LoggerFactory.getLogger(LeasedWrites.class);

  private static final Duration PAUSE = Duration.ofMillis(100);

  private final WorkQueue queue;
  private final OrderWatch watch;
  private final StopSignal stop;
  private final LongAdder refused = new LongAdder();

  LeasedWrites(WorkQueue queue, OrderWatch watch, StopSignal stop) {
    this.queue = queue;
    this.watch = watch;
    this.stop = stop;
  }

  /// How many writes changed nothing, because their lease had been lost.
  long refused() {
    return refused.sum();
  }

  /// Records `move`, and gives the work back if `releaseFor` is present.
  ///
  /// @return the order as it is then, or empty if this worker holds it no more
  /// @throws StoreUnavailable if the node stops before the outcome is known
  Optional<Order> record(Lease lease, Move.Made move, Optional<Duration> releaseFor)
      throws InterruptedException {
    OrderId order = lease.order();
    for (boolean perhapsDone = false; ; ) {
      try {
        return switch (queue.record(lease, move, releaseFor)) {
          case Recorded.Done _ -> {
            watch.changed(order);
            yield releaseFor.isPresent() ? Optional.empty() : Optional.of(move.order());
          }
          case Recorded.Stale _ -> perhapsDone ? stillHeld(lease) : lost(order);
        };
      } catch (StoreUnavailable e) {
        perhapsDone |= e.effect() == Effect.UNKNOWN;
        await(order, e);
      }
    }
  }

  /// After a write that was stale because an earlier try was recorded, or because the lease was
  /// lost. If it goes on, nobody but its holder can have moved the order; if it does not, there is
  /// nothing left to do in either case.
  private Optional<Order> stillHeld(Lease lease) {
    watch.changed(lease.order());
    return queue.held(lease);
  }

  /// Gives the work back for later.
  ///
  /// @throws StoreUnavailable if the node stops before the outcome is known
  void postpone(Lease lease, Duration delay, Obstacle obstacle) throws InterruptedException {
    for (boolean perhapsDone = false; ; ) {
      try {
        if (!queue.postpone(lease, delay, obstacle) && !perhapsDone) {
          var _ = lost(lease.order());
        }
        return;
      } catch (StoreUnavailable e) {
        perhapsDone |= e.effect() == Effect.UNKNOWN;
        await(lease.order(), e);
      }
    }
  }

  /// Gives the work back as it is.
  void release(Lease lease) {
    queue.release(List.of(lease));
  }

  /// @throws StoreUnavailable `e`, if this node stops
  private void await(OrderId order, StoreUnavailable e) throws InterruptedException {
    if (stop.awaitFor(PAUSE)) {
      throw e;
    }
    log.debug("Order {}: the store is still unavailable: {}", order, e.getMessage());
  }

  private Optional<Order> lost(OrderId order) {
    refused.increment();
    log.info(
        "Order {}: a write under a lost lease was refused ({} so far); its worker stops",
        order,
        refused.sum());
    return Optional.empty();
  }
}
