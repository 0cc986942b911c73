package orders.application.dispatch;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import orders.application.port.Partner;
import orders.application.port.Partners;
import orders.domain.Reason;
import orders.domain.Step;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Calls partners, each call on a virtual thread of its own and bounded in time.
///
/// Its own thread, so that a partner's code that ignores interruption cannot keep the worker.
final class PartnerCalls implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PartnerCalls.class);

  private final Partners partners;
  private final Duration timeout;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("partner-", 0).factory());

  PartnerCalls(Partners partners, Duration timeout) {
    this.partners = partners;
    this.timeout = timeout;
  }

  /// @throws InterruptedException if the caller was interrupted; what came of the call is unknown
  Partner.Result perform(Partner.Call call) throws InterruptedException {
    Partner partner = partners.of(call.step());
    return bounded(call.step(), () -> partner.perform(call), Partner.Result.Retry::new);
  }

  /// @throws InterruptedException if the caller was interrupted; what came of the call is unknown
  Partner.Undo undo(Partner.Call call) throws InterruptedException {
    Partner partner = partners.of(call.step());
    return bounded(call.step(), () -> partner.undo(call), Partner.Undo.Retry::new);
  }

  private <T> T bounded(Step step, Callable<T> call, Function<Reason, ? extends T> wentWrong)
      throws InterruptedException {
    Future<T> answer = threads.submit(call);
    try {
      return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException _) {
      return wentWrong.apply(Reason.of("no answer within " + timeout.toMillis() + " ms"));
    } catch (ExecutionException e) {
      // What an exception says is for operators: it may name addresses and secrets.
      log.error("The adapter of the {} partner failed", step, e.getCause());
      return wentWrong.apply(Reason.of("the partner could not be asked"));
    } finally {
      answer.cancel(true);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
