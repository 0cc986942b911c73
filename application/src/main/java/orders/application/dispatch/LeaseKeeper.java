package orders.application.dispatch;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import orders.application.port.Lease;
import orders.application.port.StoreUnavailable;
import orders.application.port.WorkQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Renews, in bulk, the leases of all work that this node has in memory.
///
/// Only what it knows to be in memory: a claim whose answer was lost on the way must expire. A
/// lease that could not be renewed is not taken from its worker; its next write tells whether it
/// was lost.
final class LeaseKeeper {
  private static final Logger log = LoggerFactory.getLogger(LeaseKeeper.class);

  private final Set<Lease> held = ConcurrentHashMap.newKeySet();
  private final WorkQueue queue;
  private final Duration interval;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("lease-keeper").daemon().factory());

  LeaseKeeper(WorkQueue queue, Duration lease) {
    this.queue = queue;
    this.interval = lease.dividedBy(3);
  }

  void start() {
    long nanos = interval.toNanos();
    var _ = timer.scheduleWithFixedDelay(this::renew, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  void keep(Lease lease) {
    held.add(lease);
  }

  void drop(Lease lease) {
    held.remove(lease);
  }

  void stop() {
    timer.shutdownNow();
  }

  private void renew() {
    List<Lease> leases = List.copyOf(held);
    if (leases.isEmpty()) {
      return;
    }
    try {
      List<Lease> lost = queue.renew(leases);
      lost.forEach(this::drop);
      // Those dropped meanwhile were not lost but finished.
      if (!lost.isEmpty()) {
        log.debug(
            "{} of {} leases were not renewed: finished or taken over", lost.size(), leases.size());
      }
    } catch (StoreUnavailable e) {
      log.warn("Could not renew {} leases: {}", leases.size(), e.getMessage());
    } catch (RuntimeException e) {
      // A timer that throws is never run again, and every lease of this node would run out.
      log.error("Could not renew {} leases", leases.size(), e);
    }
  }
}
