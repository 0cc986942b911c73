package orders.application.dispatch;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import orders.application.port.Claim;
import orders.application.port.StoreUnavailable;
import orders.application.port.Threads;
import orders.application.port.WorkQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Fetches work from the database: at once when some is known to wait and enough slots are free,
/// and otherwise at each poll.
final class Claimer {
  private static final Logger log = LoggerFactory.getLogger(Claimer.class);

  private final WorkQueue queue;
  private final Slots slots;
  private final DispatchSettings settings;
  private final Consumer<Claim> taker;
  private final Threads threads;
  private final Threads.Monitor news;
  private final AtomicBoolean rung = new AtomicBoolean();
  private volatile boolean running;

  /// Work is known to wait in the database.
  private volatile boolean waiting;

  /// More of it than the pool has room for.
  private volatile boolean behind;

  private volatile boolean stopped;
  private boolean storeAnswers = true;

  Claimer(
      WorkQueue queue,
      Slots slots,
      DispatchSettings settings,
      Threads threads,
      Consumer<Claim> taker) {
    this.queue = queue;
    this.slots = slots;
    this.settings = settings;
    this.threads = threads;
    this.news = threads.monitor();
    this.taker = taker;
  }

  void start() {
    running = true;
    var _ = threads.startService("claimer", this::run);
  }

  /// Whether more work waits in the database than the pool has room for. Newcomers must then queue
  /// behind it. Work that merely became durable without a slot is fetched in a moment and must not
  /// send others the same way, or all of them would go it for ever.
  boolean isBehind() {
    return behind;
  }

  /// To be called by who found no slot for a newcomer.
  void fallBehind() {
    behind = true;
  }

  void announceWork() {
    waiting = true;
    slotIsFree();
  }

  void slotIsFree() {
    if (waiting && slots.free() >= settings.refillAt() && !rung.getAndSet(true)) {
      news.changed();
    }
  }

  /// Returns once no more claims will be made, or after `grace`; what a claim still under way then
  /// brings is for the taker to give back.
  void stop(Duration grace) {
    stopped = true;
    news.changed();
    try {
      var _ = news.await(() -> !running, grace);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!stopped) {
        var _ = news.await(() -> rung.get() || stopped, settings.pollInterval());
        rung.set(false);
        claimWhatIsWorthIt();
      }
    } catch (InterruptedException _) {
      log.error("The claimer was interrupted; this node takes on no more waiting work");
    } finally {
      running = false;
      news.changed();
    }
  }

  private void claimWhatIsWorthIt() {
    boolean more = true;
    while (more && !stopped) {
      more = claim() && slots.free() >= settings.refillAt();
    }
  }

  /// @return whether more work may wait
  private boolean claim() {
    // Unless newcomers must queue anyway, half of the slots are left to them.
    int wanted = behind ? DispatchSettings.MAX_CLAIM : Math.max(1, slots.free() / 2);
    int free = slots.takeUpTo(Math.min(wanted, DispatchSettings.MAX_CLAIM));
    if (free == 0) {
      return false;
    }
    // Cleared before looking: whoever announces work during the look sets it again.
    boolean knownBefore = waiting;
    waiting = false;
    List<Claim> claims = List.of();
    try {
      claims = queue.claim(free);
      answered();
    } catch (StoreUnavailable e) {
      unanswered(e);
      restore(knownBefore);
      return false;
    } catch (RuntimeException e) {
      log.error("Could not claim work", e);
      restore(knownBefore);
      return false;
    } finally {
      slots.giveBack(free - claims.size());
    }
    claims.forEach(taker);
    // Who found no slot during the look may only have come while the look itself held them.
    behind = claims.size() == free;
    if (behind) {
      waiting = true;
    }
    // Merchants take turns, so that a claim may bring less than there is.
    return waiting || !claims.isEmpty();
  }

  /// After a look that found out nothing. Never clears what somebody announced meanwhile.
  private void restore(boolean knownToWait) {
    if (knownToWait) {
      waiting = true;
    }
  }

  private void answered() {
    if (!storeAnswers) {
      log.info("The database answers again; claiming goes on");
      storeAnswers = true;
    }
  }

  private void unanswered(StoreUnavailable e) {
    if (storeAnswers) {
      log.warn("Cannot claim work, will go on trying: {}", e.getMessage());
      storeAnswers = false;
    }
  }
}
