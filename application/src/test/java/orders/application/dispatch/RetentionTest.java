package orders.application.dispatch;

import static orders.application.fake.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import orders.application.fake.ManualThreads;
import orders.application.port.StoreUnavailable;
import orders.application.port.StoreUnavailable.Effect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RetentionTest {
  private static final Duration AGE = Duration.ofDays(30);
  private static final Duration WORK = Duration.ofMillis(10);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final RecordedPauses threads = new RecordedPauses();
  private final Queue<Integer> old = new ConcurrentLinkedQueue<>();
  private final Queue<Duration> ages = new ConcurrentLinkedQueue<>();
  private final Retention retention = new Retention(this::remove, AGE, threads);

  /// What is queued: so many are removed, or the store is away if that is negative.
  private int remove(Duration age, int max) {
    ages.add(age);
    threads.pass(WORK);
    Integer count = old.poll();
    if (count == null) {
      return 0;
    }
    if (count < 0) {
      throw new StoreUnavailable("away", Effect.NONE, null);
    }
    return Math.min(count, max);
  }

  @AfterEach
  void stop() {
    retention.stop();
  }

  private void awaitPauses(Duration... pauses) {
    eventually("it paused as often", () -> threads.pauses.size() >= pauses.length);
    assertThat(threads.pauses).startsWith(pauses);
  }

  @Test
  void itWorksAFifthOfTheTimeWhileThereIsMoreAndThenLooksEachMinute() {
    old.add(Integer.MAX_VALUE);
    old.add(Integer.MAX_VALUE);
    old.add(7);
    retention.start();

    Duration rest = WORK.multipliedBy(4);
    awaitPauses(Duration.ZERO, rest, rest, MINUTE, MINUTE);
    assertThat(ages).containsOnly(AGE);
  }

  @Test
  void aStoreThatIsAwayIsTriedAgain() {
    old.add(-1);
    old.add(Integer.MAX_VALUE);
    retention.start();

    awaitPauses(Duration.ZERO, MINUTE, WORK.multipliedBy(4));
  }

  /// Pauses take no time, and are written down.
  private static final class RecordedPauses extends ManualThreads {
    final Queue<Duration> pauses = new ConcurrentLinkedQueue<>();

    @Override
    public Monitor monitor() {
      Monitor monitor = super.monitor();
      return new Monitor() {
        @Override
        public void changed() {
          monitor.changed();
        }

        @Override
        public boolean await(BooleanSupplier condition, Duration atMost)
            throws InterruptedException {
          pauses.add(atMost);
          return monitor.await(condition, Duration.ofMillis(1));
        }
      };
    }
  }
}
