package orders.application.dispatch;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import orders.application.port.Claim;
import orders.application.port.Lease;
import orders.application.port.Partner;
import orders.application.port.Recorded;
import orders.application.port.StoreUnavailable;
import orders.application.port.WorkQueue;
import orders.domain.Move;
import orders.domain.Order;
import orders.domain.Reason;
import orders.domain.State.Cancelled;
import orders.domain.State.Compensating;
import orders.domain.State.Completed;
import orders.domain.State.Failed;
import orders.domain.State.Parked;
import orders.domain.State.Pending;
import orders.domain.State.Processing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes one claimed order step by step: calls the partner, records what came of it, and goes on
/// only once that is durable.
///
/// Holds no state of an order between steps but the order itself, so that a crash at any line costs
/// at most a repeated call under the same key. Safe from any thread.
final class Pipeline {
  private static final Logger log = LoggerFactory.getLogger(Pipeline.class);

  private static final Duration STORE_PAUSE = Duration.ofMillis(100);

  private final WorkQueue queue;
  private final PartnerCalls partners;
  private final RetryPolicy retries;
  private final OrderWatch watch;
  private final StopSignal stop;

  Pipeline(
      WorkQueue queue,
      PartnerCalls partners,
      RetryPolicy retries,
      OrderWatch watch,
      StopSignal stop) {
    this.queue = queue;
    this.partners = partners;
    this.retries = retries;
    this.watch = watch;
    this.stop = stop;
  }

  /// Returns when the order has ended or its work is given back, lost, or left to its lease.
  ///
  /// @throws InterruptedException if the caller was interrupted; the work is given back
  /// @throws StoreUnavailable if it is not known whether the work was recorded, or it could not be
  ///   before this node stopped; it is free again when its lease expires
  void run(Claim claim) throws InterruptedException {
    Lease lease = claim.lease();
    Optional<Order> current = Optional.of(claim.order());
    try {
      while (current.isPresent()) {
        current = advance(current.get(), lease);
      }
    } catch (InterruptedException e) {
      queue.release(List.of(lease));
      throw e;
    }
  }

  /// The order after its current step, or empty if this worker is done with it.
  private Optional<Order> advance(Order order, Lease lease) throws InterruptedException {
    return switch (order.state()) {
      case Processing at -> perform(order, at, lease);
      case Compensating at -> undo(order, at, lease);
      case Parked _, Completed _, Failed _, Cancelled _ -> Optional.empty();
      case Pending _ -> throw new IllegalStateException("claimed, but pending: " + order.id());
    };
  }

  private Optional<Order> perform(Order order, Processing at, Lease lease)
      throws InterruptedException {
    int attempt = at.failedAttempts() + 1;
    return switch (partners.perform(new Partner.Call(order, at.step(), attempt))) {
      case Partner.Result.Done(var reference) ->
          record(order.stepDone(at.step(), reference), lease, untilStopping());
      case Partner.Result.Declined(Reason reason) -> {
        log.info("Order {}: {} declined: {}", order.id(), at.step(), reason.text());
        yield record(order.stepDeclined(at.step(), reason), lease, untilStopping());
      }
      case Partner.Result.Retry(Reason reason, _) when retries.allowsAnotherAfter(attempt) ->
          record(order.stepFailed(at.step(), reason), lease, backoff(attempt));
      case Partner.Result.Retry(Reason reason, _) -> {
        log.warn(
            "Order {}: {} given up after {} attempts: {}",
            order.id(),
            at.step(),
            attempt,
            reason.text());
        yield record(order.stepGivenUp(at.step(), reason), lease, untilStopping());
      }
      case Partner.Result.Wait(Duration delay) -> {
        if (!patiently(order, () -> queue.postpone(lease, delay, WorkQueue.Obstacle.PARTNER))) {
          lost(order);
        }
        yield Optional.empty();
      }
    };
  }

  private Optional<Order> undo(Order order, Compensating at, Lease lease)
      throws InterruptedException {
    int attempt = at.failedAttempts() + 1;
    return switch (partners.undo(new Partner.Call(order, at.step(), attempt))) {
      case Partner.Undo.Undone _ -> record(order.stepUndone(at.step()), lease, untilStopping());
      case Partner.Undo.Retry(Reason reason, _) -> {
        log.warn(
            "Order {}: undoing {} failed (attempt {}), will be tried again: {}",
            order.id(),
            at.step(),
            attempt,
            reason.text());
        yield record(order.undoFailed(at.step(), reason), lease, backoff(attempt));
      }
      case Partner.Undo.Wait(Duration delay) -> {
        if (!patiently(order, () -> queue.postpone(lease, delay, WorkQueue.Obstacle.PARTNER))) {
          lost(order);
        }
        yield Optional.empty();
      }
      case Partner.Undo.Refused(Reason reason) ->
          record(order.undoGivenUp(at.step(), reason), lease, untilStopping());
    };
  }

  /// Work is kept from step to step, and given back between two steps once the server stops.
  private Optional<Duration> untilStopping() {
    return stop.isRaised() ? Optional.of(Duration.ZERO) : Optional.empty();
  }

  private Optional<Duration> backoff(int failedAttempts) {
    return Optional.of(retries.delayAfter(failedAttempts, ThreadLocalRandom.current()));
  }

  private Optional<Order> record(Move move, Lease lease, Optional<Duration> releaseFor)
      throws InterruptedException {
    Move.Made made =
        switch (move) {
          case Move.Made legal -> legal;
          case Move.Refused refused -> throw new IllegalStateException(refused.explanation());
        };
    return switch (patiently(made.order(), () -> queue.record(lease, made, releaseFor))) {
      case Recorded.Done _ -> {
        watch.changed(made.order().id());
        yield releaseFor.isPresent() ? Optional.empty() : Optional.of(made.order());
      }
      case Recorded.Stale _ -> {
        lost(made.order());
        yield Optional.empty();
      }
    };
  }

  /// What a partner has done must not wait for a lease to run out only because the store is busy or
  /// away for a while: as long as nothing reached it, it is asked again. Should the lease be lost
  /// meanwhile, the store will say so.
  private <T> T patiently(Order order, Supplier<T> call) throws InterruptedException {
    while (true) {
      try {
        return call.get();
      } catch (StoreUnavailable e) {
        if (e.effect() == StoreUnavailable.Effect.UNKNOWN || stop.awaitFor(STORE_PAUSE)) {
          throw e;
        }
        log.debug("Order {}: the store is still unavailable: {}", order.id(), e.getMessage());
      }
    }
  }

  private static void lost(Order order) {
    log.info("Order {}: moved on without this worker, which stops", order.id());
  }
}
