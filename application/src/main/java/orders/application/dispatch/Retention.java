package orders.application.dispatch;

import java.time.Duration;
import orders.application.port.EndedOrders;
import orders.application.port.StoreUnavailable;
import orders.application.port.Threads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Removes orders that ended long ago, a few at a time and with pauses, so that live work does not
/// feel it: it takes no more than a fifth of the time, however many there are.
public final class Retention {
  private static final Logger log = LoggerFactory.getLogger(Retention.class);

  /// A transaction of some ten milliseconds.
  private static final int AT_ONCE = 200;

  private static final int PAUSES_PER_WORK = 4;
  private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(1);

  private final EndedOrders orders;
  private final Duration age;
  private final Threads threads;
  private final StopSignal stop;
  private long removed;

  /// @param age how long ended orders are kept
  public Retention(EndedOrders orders, Duration age, Threads threads) {
    this.orders = orders;
    this.age = age;
    this.threads = threads;
    this.stop = new StopSignal(threads);
  }

  public void start() {
    var _ = threads.startService("retention", this::run);
  }

  public void stop() {
    stop.raise();
  }

  private void run() {
    try {
      Duration pause = Duration.ZERO;
      while (!stop.awaitFor(pause)) {
        pause = removeSome();
      }
    } catch (InterruptedException _) {
      log.error("The removal of old orders was interrupted; this node does no more of it");
    }
  }

  /// @return how long to pause now
  private Duration removeSome() {
    long start = threads.nanoTime();
    try {
      int count = orders.remove(age, AT_ONCE);
      removed += count;
      if (count == AT_ONCE) {
        return Duration.ofNanos((threads.nanoTime() - start) * PAUSES_PER_WORK);
      }
      if (removed > 0) {
        log.info("Removed {} orders that ended more than {} days ago", removed, age.toDays());
        removed = 0;
      }
    } catch (StoreUnavailable e) {
      log.warn("Could not remove old orders, will try again: {}", e.getMessage());
    } catch (RuntimeException e) {
      log.error("Could not remove old orders, will try again", e);
    }
    return BETWEEN_LOOKS;
  }
}
