package orders.application.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import orders.application.dispatch.PartnerCalls.Called;
import orders.application.fake.SamplePurchases;
import orders.application.fake.ScriptedPartner;
import orders.application.fake.TestNode;
import orders.application.fake.UsualThreads;
import orders.application.port.Partner;
import orders.application.port.Partner.Trouble;
import orders.application.port.Threads;
import orders.domain.Order;
import orders.domain.Reason;
import orders.domain.Step;
import org.junit.jupiter.api.Test;

final class PartnerCallsTest {
  private final ScriptedPartner partner = new ScriptedPartner();

  @Test
  void anAdapterThatTellsOfItsInterruptionDoesNotHideThatThePartnerWasLate() throws Exception {
    Semaphore never = new Semaphore(0);
    partner.answers(call -> {
      try {
        never.acquire();
        return ScriptedPartner.done(call);
      } catch (InterruptedException _) {
        return new Partner.Result.Retry(Reason.of("interrupted"), Trouble.SILENCE);
      }
    });
    PartnerCalls calls = calls(Duration.ofMillis(20), new PromptlyInterruptedThreads());
    assertThat(calls.perform(payment()))
        .isEqualTo(
            new Called.Answered<Partner.Result>(
                new Partner.Result.Retry(Reason.of("no answer within 20 ms"), Trouble.SILENCE),
                false));
  }

  @Test
  void whoIsTurnedAwayIsCountedOnce() throws Exception {
    partner.answers(_ -> new Partner.Result.Retry(Reason.of("no"), Trouble.FAULT));
    PartnerCalls calls = calls(Duration.ofMinutes(1), new UsualThreads());
    while (calls.perform(payment()) instanceof Called.Answered) {}
    assertThat(calls.perform(payment())).isInstanceOf(Called.TurnedAway.class);
    assertThat(calls.figures(Step.PAYMENT).turnedAwayByBreaker()).isEqualTo(2);
    assertThat(calls.figures(Step.PAYMENT).turnedAwayByLimit()).isZero();
    assertThat(calls.figures(Step.DELIVERY).turnedAwayByBreaker()).isZero();
  }

  @Test
  void aPlaceThatIsFreeInAMomentIsWaitedFor() throws Exception {
    Semaphore end = new Semaphore(0);
    CountDownLatch called = new CountDownLatch(1);
    var threads = new WatchedThreads();
    PartnerCalls calls = calls(Duration.ofMinutes(1), threads);
    for (int i = 0; i < 20; i++) {
      // So that the gate knows how short a call is.
      var _ = calls.perform(payment());
    }
    partner.answers(call -> {
      called.countDown();
      end.acquireUninterruptibly();
      end.release();
      return ScriptedPartner.done(call);
    });
    var first = new FutureTask<>(() -> calls.perform(payment()));
    Thread.ofPlatform().daemon().start(first);
    assertThat(called.await(1, TimeUnit.MINUTES)).isTrue();

    // Once the second waits, the first ends.
    threads.onceHeWaits(
        Thread.currentThread(),
        () -> {
          end.release();
          var _ = get(first);
        });
    assertThat(calls.perform(payment())).isInstanceOf(Called.Answered.class);
  }

  private PartnerCalls calls(Duration timeout, Threads threads) {
    var limits = new PartnerLimits(1, 5, Duration.ofSeconds(1));
    return new PartnerCalls(partner.asPartners(), limits, timeout, threads);
  }

  private static Partner.Call payment() {
    Order order = Order.place(TestNode.newId(), SamplePurchases.bookcases()).order();
    return new Partner.Call(order, Step.PAYMENT, 1);
  }

  private static <T> T get(FutureTask<T> task) {
    try {
      return task.get();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /// Whoever interrupts a task here goes on only when the task has ended.
  private static final class PromptlyInterruptedThreads extends UsualThreads {
    @Override
    public Task start(String name, Runnable work) {
      Thread thread = Thread.ofVirtual().name(name).start(work);
      return () -> {
        thread.interrupt();
        try {
          thread.join();
        } catch (InterruptedException _) {
          Thread.currentThread().interrupt();
        }
      };
    }
  }

  /// Does something before a certain thread waits.
  private static final class WatchedThreads extends UsualThreads {
    private volatile Runnable before = () -> {};

    void onceHeWaits(Thread who, Runnable what) {
      before =
          () -> {
            if (Thread.currentThread().equals(who)) {
              what.run();
            }
          };
    }

    @Override
    public Monitor monitor() {
      Monitor usual = super.monitor();
      return new Monitor() {
        @Override
        public void changed() {
          usual.changed();
        }

        @Override
        public boolean await(BooleanSupplier condition, Duration atMost)
            throws InterruptedException {
          before.run();
          return usual.await(condition, atMost);
        }
      };
    }
  }
}
