package orders.bootstrap.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import orders.application.port.StoreUnavailable;
import orders.application.port.StoreUnavailable.Effect;
import orders.postgres.LiveOrders;
import org.junit.jupiter.api.Test;

final class LiveFiguresTest {
  private final AtomicLong clock = new AtomicLong(1_000_000);
  private final AtomicInteger looks = new AtomicInteger();
  private final Semaphore database = new Semaphore(1_000);
  private volatile boolean reachable = true;
  private volatile Duration cost = Duration.ZERO;
  private final LiveFigures figures = new LiveFigures(() -> reachable, this::look, clock::get);

  private LiveOrders.Count look() {
    database.acquireUninterruptibly();
    clock.addAndGet(cost.toNanos());
    if (!reachable) {
      throw new StoreUnavailable("away", Effect.NONE, null);
    }
    return new LiveOrders.Count(
        looks.incrementAndGet(), 0, 0, 0, 0, Optional.empty(), Optional.empty());
  }

  private void pass(Duration time) {
    clock.addAndGet(time.toNanos());
  }

  private Optional<Long> pending() {
    return figures.count().map(LiveOrders.Count::pending);
  }

  @Test
  void beforeAnybodyAskedThereIsNothing() {
    assertThat(pending()).isEmpty();
    assertThat(figures.isReady()).isFalse();
  }

  @Test
  void oneLookDoesForSomeSeconds() {
    figures.refresh();
    pass(Duration.ofSeconds(4));
    figures.refresh();
    assertThat(pending()).contains(1L);
    pass(Duration.ofSeconds(2));
    figures.refresh();
    assertThat(pending()).contains(2L);
  }

  @Test
  void whatCostsALotIsDoneRarely() {
    cost = Duration.ofSeconds(1);
    figures.refresh();
    pass(Duration.ofSeconds(25));
    figures.refresh();
    assertThat(pending()).contains(1L);
    pass(Duration.ofSeconds(10));
    figures.refresh();
    assertThat(pending()).contains(2L);
  }

  @Test
  void aDatabaseThatDoesNotAnswerKeepsNobodyWaiting() {
    figures.refresh();
    database.drainPermits();
    pass(Duration.ofSeconds(6));
    long begin = System.nanoTime();
    for (int i = 0; i < 3; i++) {
      figures.refresh();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(3));
    assertThat(pending()).contains(1L);
    assertThat(database.getQueueLength()).as("looks under way").isEqualTo(1);
    pass(Duration.ofMinutes(1));
    assertThat(pending()).isEmpty();
    assertThat(figures.isReady()).isFalse();
    database.release(1_000);
  }

  @Test
  void aDatabaseThatIsAwayIsSaidToBe() {
    figures.refresh();
    assertThat(figures.isReady()).isTrue();
    reachable = false;
    pass(Duration.ofSeconds(6));
    figures.refresh();
    assertThat(pending()).isEmpty();
    assertThat(figures.isReady()).isFalse();
    reachable = true;
    pass(Duration.ofSeconds(6));
    figures.refresh();
    assertThat(pending()).contains(2L);
  }
}
