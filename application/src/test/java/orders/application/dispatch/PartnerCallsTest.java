package orders.application.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;
import orders.application.fake.SamplePurchases;
import orders.application.fake.ScriptedPartner;
import orders.application.fake.TestNode;
import orders.application.port.Partner;
import orders.application.port.Partner.Trouble;
import orders.application.port.Threads;
import orders.domain.Order;
import orders.domain.Reason;
import orders.domain.Step;
import org.junit.jupiter.api.Test;

/// What becomes of a call whose partner is late.
final class PartnerCallsTest {
  private static final Duration TIMEOUT = Duration.ofMillis(20);

  @Test
  void anAdapterThatTellsOfItsInterruptionDoesNotHideThatThePartnerWasLate() throws Exception {
    Semaphore never = new Semaphore(0);
    ScriptedPartner partner = new ScriptedPartner();
    partner.answers(call -> {
      try {
        never.acquire();
        return ScriptedPartner.done(call);
      } catch (InterruptedException _) {
        return new Partner.Result.Retry(Reason.of("interrupted"), Trouble.SILENCE);
      }
    });
    var limits = new PartnerLimits(1, 5, Duration.ofSeconds(1));
    var calls =
        new PartnerCalls(partner.asPartners(), limits, TIMEOUT, new PromptlyInterruptedThreads());
    assertThat(calls.perform(new Partner.Call(order(), Step.PAYMENT, 1)))
        .isEqualTo(
            new PartnerCalls.Called.Answered<Partner.Result>(
                new Partner.Result.Retry(Reason.of("no answer within 20 ms"), Trouble.SILENCE),
                false));
  }

  private static Order order() {
    return Order.place(TestNode.newId(), SamplePurchases.bookcases()).order();
  }

  /// Whoever interrupts a task here goes on only when the task has ended.
  private static final class PromptlyInterruptedThreads implements Threads {
    private final Threads system = new SystemThreads();

    @Override
    public long nanoTime() {
      return system.nanoTime();
    }

    @Override
    public RandomGenerator random() {
      return system.random();
    }

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

    @Override
    public Task startService(String name, Runnable work) {
      return system.startService(name, work);
    }

    @Override
    public Task current() {
      return system.current();
    }

    @Override
    public Monitor monitor() {
      return system.monitor();
    }
  }
}
