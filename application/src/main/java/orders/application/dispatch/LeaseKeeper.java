package orders.application.dispatch;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import orders.application.port.Lease;
import orders.application.port.StoreUnavailable;
import orders.application.port.Threads;
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

  private static final Duration AFTER_TROUBLE = Duration.ofSeconds(1);

  private final Set<Lease> held = ConcurrentHashMap.newKeySet();
  private final WorkQueue queue;
  private final Duration interval;
  private final Threads threads;
  private final StopSignal stop;

  LeaseKeeper(WorkQueue queue, Duration lease, Threads threads) {
    this.queue = queue;
    this.interval = lease.dividedBy(3);
    this.threads = threads;
    this.stop = new StopSignal(threads);
  }

  void start() {
    var _ = threads.startService("lease-keeper", this::run);
  }

  void keep(Lease lease) {
    held.add(lease);
  }

  void drop(Lease lease) {
    held.remove(lease);
  }

  void stop() {
    stop.raise();
  }

  private void run() {
    try {
      Duration pause = interval;
      while (!stop.awaitFor(pause)) {
        pause = renew() || interval.compareTo(AFTER_TROUBLE) < 0 ? interval : AFTER_TROUBLE;
      }
    } catch (InterruptedException _) {
      log.error("The lease keeper was interrupted; this node's leases will run out");
    }
  }

  /// @return whether the store could be asked
  private boolean renew() {
    List<Lease> leases = List.copyOf(held);
    if (leases.isEmpty()) {
      return true;
    }
    try {
      List<Lease> lost = queue.renew(leases);
      lost.forEach(this::drop);
      // Those dropped meanwhile were not lost but finished.
      if (!lost.isEmpty()) {
        log.debug(
            "{} of {} leases were not renewed: finished or taken over", lost.size(), leases.size());
      }
      return true;
    } catch (StoreUnavailable e) {
      log.warn("Could not renew {} leases: {}", leases.size(), e.getMessage());
      return false;
    } catch (RuntimeException e) {
      // Whatever it was must not end this thread, or every lease of this node would run out.
      log.error("Could not renew {} leases", leases.size(), e);
      return false;
    }
  }
}
