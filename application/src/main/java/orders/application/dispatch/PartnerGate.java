package orders.application.dispatch;

import dev.failsafe.CircuitBreaker;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import orders.application.dispatch.PartnerFigures.Breaker;
import orders.application.port.Threads;
import orders.application.port.WorkQueue.Obstacle;
import orders.domain.Step;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Decides whether a partner is called now: not while as many calls are under way as it may get,
/// and not while its circuit breaker is open, one probe at a time aside.
///
/// Whoever is turned away is told when to come back, one after the other: so the partner is asked
/// as often as it can bear, and the database is not. Safe from any thread; never blocks.
final class PartnerGate {
  private static final Logger log = LoggerFactory.getLogger(PartnerGate.class);

  /// The breaker never closes by a clock of its own: this class halves it open when the time has
  /// come by the node's.
  private static final Duration NEVER = Duration.ofDays(10_000);

  /// Between the returns of two orders that found the breaker open.
  private static final long APART_NANOS = Duration.ofMillis(5).toNanos();

  /// Those who are turned away are spread over this long at most; then it begins anew.
  private static final long SPREAD_NANOS = Duration.ofSeconds(30).toNanos();

  /// What a call is taken to last before any has ended.
  private static final long FIRST_GUESS_NANOS = Duration.ofMillis(100).toNanos();

  private final Step step;
  private final PartnerLimits limits;
  private final Threads threads;
  private final CircuitBreaker<Object> breaker;
  private final LongAdder turnedAwayByLimit = new LongAdder();
  private final LongAdder turnedAwayByBreaker = new LongAdder();
  private int calls;
  private long openedAt;
  private long averageNanos = FIRST_GUESS_NANOS;
  private long lastReturn;

  PartnerGate(Step step, PartnerLimits limits, Threads threads) {
    this.step = step;
    this.limits = limits;
    this.threads = threads;
    this.lastReturn = threads.nanoTime();
    this.breaker =
        CircuitBreaker.builder()
            .withFailureThreshold(limits.failures())
            .withSuccessThreshold(1)
            .withDelay(NEVER)
            .build();
  }

  /// What came of asking to call the partner.
  sealed interface Entry {}

  /// Not now.
  record Shut(Obstacle obstacle, Duration comeBackAfter) implements Entry {}

  /// Now. Must be left, once.
  final class Pass implements Entry {
    private final boolean probe;
    private final long enteredAt;

    private Pass(boolean probe, long enteredAt) {
      this.probe = probe;
      this.enteredAt = enteredAt;
    }

    /// @param sound whether the partner gave a sensible answer, if only a no
    void leave(boolean sound) {
      left(this, sound);
    }
  }

  synchronized Entry enter() {
    long now = threads.nanoTime();
    long reopensAt = openedAt + limits.pause().toNanos();
    if (breaker.isOpen() && now - reopensAt < 0) {
      return new Shut(Obstacle.BREAKER, turn(now, reopensAt, APART_NANOS));
    }
    if (calls >= limits.calls()) {
      return new Shut(Obstacle.PARTNER, turn(now, now, averageNanos / limits.calls()));
    }
    if (breaker.isOpen()) {
      breaker.halfOpen();
    }
    boolean probe = breaker.isHalfOpen();
    if (!breaker.tryAcquirePermit()) {
      return new Shut(Obstacle.BREAKER, turn(now, now + limits.pause().toNanos(), APART_NANOS));
    }
    calls++;
    return new Pass(probe, now);
  }

  /// To be called once for each order that is sent away.
  void turnedAway(Obstacle obstacle) {
    switch (obstacle) {
      case PARTNER -> turnedAwayByLimit.increment();
      case BREAKER -> turnedAwayByBreaker.increment();
    }
  }

  synchronized PartnerFigures figures() {
    Breaker state =
        switch (breaker.getState()) {
          case CLOSED -> Breaker.CLOSED;
          case HALF_OPEN -> Breaker.HALF_OPEN;
          case OPEN -> Breaker.OPEN;
        };
    return new PartnerFigures(
        state, calls, limits.calls(), turnedAwayByLimit.sum(), turnedAwayByBreaker.sum());
  }

  /// Whether the partner answers, as far as anybody knows: what goes wrong is then the order's
  /// trouble and not the partner's.
  synchronized boolean isOpenToAll() {
    return breaker.isClosed();
  }

  private synchronized void left(Pass pass, boolean sound) {
    calls--;
    long now = threads.nanoTime();
    averageNanos += (now - pass.enteredAt - averageNanos) / 8;
    // A call from before the breaker opened says nothing about now.
    if (!pass.probe && !breaker.isClosed()) {
      return;
    }
    boolean wasClosed = breaker.isClosed();
    if (sound) {
      breaker.recordSuccess();
    } else {
      breaker.recordFailure();
    }
    if (breaker.isOpen()) {
      openedAt = now;
    }
    if (!wasClosed && breaker.isClosed()) {
      // Those who come now need not queue behind the returns of all who found it open.
      lastReturn = now;
    }
    tell(wasClosed);
  }

  private void tell(boolean wasClosed) {
    if (wasClosed && breaker.isOpen()) {
      log.warn(
          "The {} partner failed {} times in a row: its orders wait, one asks again every {} s",
          step,
          limits.failures(),
          limits.pause().toSeconds());
    } else if (!wasClosed && breaker.isClosed()) {
      log.info("The {} partner answers again: its orders go on", step);
    }
  }

  private Duration turn(long now, long earliest, long apart) {
    boolean early = lastReturn - earliest < 0;
    boolean late = lastReturn - earliest > SPREAD_NANOS;
    lastReturn = (early || late ? earliest : lastReturn) + Math.max(apart, 1);
    return Duration.ofNanos(lastReturn - now);
  }
}
