package orders.application.live;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import orders.application.dispatch.OrderWatch;
import orders.application.port.OrderChanges;
import orders.application.port.StoreUnavailable;
import orders.application.port.Threads;
import orders.domain.OrderId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks after all watched orders at once in case another node moves them, so that nobody who waits
/// for one has to. While nobody does, it asks the database for nothing.
public final class OrderPoll {
  /// What an event on another node takes to get here, at most.
  public static final Duration INTERVAL = Duration.ofMillis(250);

  /// Of one statement: some milliseconds.
  private static final int AT_ONCE = 1_000;

  private static final Logger log = LoggerFactory.getLogger(OrderPoll.class);

  private final OrderWatch watch;
  private final OrderChanges changes;
  private final Threads threads;
  private final Duration interval;
  private boolean possible = true;

  public OrderPoll(OrderWatch watch, OrderChanges changes, Threads threads, Duration interval) {
    this.watch = watch;
    this.changes = changes;
    this.threads = threads;
    this.interval = interval;
  }

  /// Goes on until the watch is closed.
  public void start() {
    var _ = threads.startService("order-poll", this::run);
  }

  private void run() {
    try {
      // Who begins to watch has just read the order, or is about to.
      while (watch.awaitWatched() && !watch.awaitStop(interval)) {
        look(watch.watched());
      }
    } catch (InterruptedException _) {
      log.error("Interrupted; this node hears of changes on other nodes no more");
    }
  }

  private void look(List<OrderId> watched) {
    try {
      for (int from = 0; from < watched.size(); from += AT_ONCE) {
        List<OrderId> some = watched.subList(from, Math.min(from + AT_ONCE, watched.size()));
        Map<OrderId, Long> versions = changes.versions(some);
        some.forEach(order -> watch.found(order, Optional.ofNullable(versions.get(order))));
      }
      possible = true;
    } catch (StoreUnavailable e) {
      if (possible) {
        log.warn("Could not look after watched orders, will try again: {}", e.getMessage());
      }
      possible = false;
    } catch (RuntimeException e) {
      log.error("Could not look after watched orders, will try again", e);
    }
  }
}
