package orders.application.dispatch;

import java.time.Duration;
import java.util.Optional;
import orders.application.dispatch.PartnerCalls.Called.Answered;
import orders.application.dispatch.PartnerCalls.Called.TurnedAway;
import orders.application.port.Claim;
import orders.application.port.Lease;
import orders.application.port.Partner;
import orders.application.port.Partner.Trouble;
import orders.application.port.StoreUnavailable;
import orders.application.port.Threads;
import orders.application.port.TraceContext;
import orders.application.port.WorkQueue.Obstacle;
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
import orders.domain.Step;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes one claimed order step by step: calls the partner, records what came of it, and goes on
/// only once that is durable.
///
/// Holds no state of an order between steps but the order itself, so that a crash at any line costs
/// at most a repeated call under the same key. Safe from any thread.
final class Pipeline {
  private static final Logger log = LoggerFactory.getLogger(Pipeline.class);

  /// What a partner may ask for, at least and at most.
  private static final Duration SHORTEST_WAIT = Duration.ofMillis(100);

  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  /// Never the reason itself: a partner may put into words whom it is about.
  private static final String SEE_HISTORY = "its history says why";

  private final LeasedWrites writes;
  private final PartnerCalls partners;
  private final RetryPolicy retries;
  private final StopSignal stop;
  private final Threads threads;

  Pipeline(
      LeasedWrites writes,
      PartnerCalls partners,
      RetryPolicy retries,
      StopSignal stop,
      Threads threads) {
    this.writes = writes;
    this.partners = partners;
    this.retries = retries;
    this.stop = stop;
    this.threads = threads;
  }

  /// Returns when the order has ended or its work is given back, lost, or left to its lease.
  ///
  /// @throws InterruptedException if the caller was interrupted; the work is given back
  /// @throws StoreUnavailable if the work could not be recorded before this node stopped; it is
  ///   free again when its lease expires
  void run(Claim claim) throws InterruptedException {
    Lease lease = claim.lease();
    Optional<Order> current = Optional.of(claim.order());
    try {
      while (current.isPresent()) {
        current = advance(current.get(), lease, claim.traceOfWork());
      }
    } catch (InterruptedException e) {
      writes.release(lease);
      throw e;
    }
  }

  /// The order after its current step, or empty if this worker is done with it.
  private Optional<Order> advance(Order order, Lease lease, TraceContext trace)
      throws InterruptedException {
    return switch (order.state()) {
      case Processing at ->
          switch (partners.perform(call(order, at.step(), at.failedAttempts(), trace))) {
            case TurnedAway<Partner.Result>(var shut) -> turnedAway(lease, shut);
            case Answered<Partner.Result>(var result, boolean outage) ->
                performed(order, at, lease, result, outage);
          };
      case Compensating at ->
          switch (partners.undo(call(order, at.step(), at.failedAttempts(), trace))) {
            case TurnedAway<Partner.Undo>(var shut) -> turnedAway(lease, shut);
            case Answered<Partner.Undo>(var result, boolean outage) ->
                undone(order, at, lease, result, outage);
          };
      case Parked _, Completed _, Failed _, Cancelled _ -> Optional.empty();
      case Pending _ -> throw new IllegalStateException("claimed, but pending: " + order.id());
    };
  }

  private static Partner.Call call(Order order, Step step, int failedAttempts, TraceContext trace) {
    return new Partner.Call(order, step, failedAttempts + 1, trace);
  }

  private Optional<Order> performed(
      Order order, Processing at, Lease lease, Partner.Result result, boolean outage)
      throws InterruptedException {
    int attempt = at.failedAttempts() + 1;
    return switch (result) {
      case Partner.Result.Done(var reference) ->
          record(order.stepDone(at.step(), reference), lease, untilStopping());
      case Partner.Result.Declined(Reason reason) -> {
        log.info("Order {}: {} declined; {}", order.id(), at.step(), SEE_HISTORY);
        yield record(order.stepDeclined(at.step(), reason), lease, untilStopping());
      }
      case Partner.Result.Retry(Reason reason, Trouble trouble, var notBefore)
          when isExcused(trouble, outage) || retries.allowsAnotherAfter(attempt) ->
          record(order.stepFailed(at.step(), reason), lease, backoff(attempt, notBefore));
      case Partner.Result.Retry(Reason reason, _, _) -> {
        log.warn(
            "Order {}: {} given up after {} attempts; {}",
            order.id(),
            at.step(),
            attempt,
            SEE_HISTORY);
        yield record(order.stepGivenUp(at.step(), reason), lease, untilStopping());
      }
      case Partner.Result.Wait(Duration delay) -> postpone(lease, bounded(delay), Obstacle.PARTNER);
    };
  }

  private Optional<Order> undone(
      Order order, Compensating at, Lease lease, Partner.Undo result, boolean outage)
      throws InterruptedException {
    int attempt = at.failedAttempts() + 1;
    return switch (result) {
      case Partner.Undo.Undone _ -> record(order.stepUndone(at.step()), lease, untilStopping());
      case Partner.Undo.Retry(Reason reason, Trouble trouble, var notBefore)
          when isExcused(trouble, outage) || retries.allowsAnotherUndoAfter(attempt) -> {
        log.warn(
            "Order {}: undoing {} failed (attempt {}), will be tried again; {}",
            order.id(),
            at.step(),
            attempt,
            SEE_HISTORY);
        yield record(order.undoFailed(at.step(), reason), lease, backoff(attempt, notBefore));
      }
      case Partner.Undo.Retry(Reason reason, _, _) -> parked(order, at, lease, reason);
      case Partner.Undo.Refused(Reason reason) -> parked(order, at, lease, reason);
      case Partner.Undo.Wait(Duration delay) -> postpone(lease, bounded(delay), Obstacle.PARTNER);
    };
  }

  /// No order is given up for what has nothing to do with it.
  private static boolean isExcused(Trouble trouble, boolean outage) {
    return switch (trouble) {
      case SILENCE -> outage;
      case BUSY -> true;
      case FAULT -> false;
    };
  }

  private Optional<Order> parked(Order order, Compensating at, Lease lease, Reason reason)
      throws InterruptedException {
    log.error(
        "Order {}: {} cannot be undone and needs attention; retry the order when it can; {}",
        order.id(),
        at.step(),
        SEE_HISTORY);
    return record(order.undoGivenUp(at.step(), reason), lease, untilStopping());
  }

  private Optional<Order> turnedAway(Lease lease, PartnerGate.Shut shut)
      throws InterruptedException {
    return postpone(lease, shut.comeBackAfter(), shut.obstacle());
  }

  /// Work is kept from step to step, and given back between two steps once the server stops.
  private Optional<Duration> untilStopping() {
    return stop.isRaised() ? Optional.of(Duration.ZERO) : Optional.empty();
  }

  private Optional<Duration> backoff(int failedAttempts, Optional<Duration> notBefore) {
    Duration own = retries.delayAfter(failedAttempts, threads.random());
    Duration asked = notBefore.map(Pipeline::bounded).orElse(Duration.ZERO);
    return Optional.of(own.compareTo(asked) < 0 ? asked : own);
  }

  private static Duration bounded(Duration asked) {
    if (asked.compareTo(SHORTEST_WAIT) < 0) {
      return SHORTEST_WAIT;
    }
    return asked.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : asked;
  }

  private Optional<Order> postpone(Lease lease, Duration delay, Obstacle obstacle)
      throws InterruptedException {
    writes.postpone(lease, delay, obstacle);
    return Optional.empty();
  }

  private Optional<Order> record(Move move, Lease lease, Optional<Duration> releaseFor)
      throws InterruptedException {
    return switch (move) {
      case Move.Made made -> writes.record(lease, made, releaseFor);
      case Move.Refused refused -> throw new IllegalStateException(refused.explanation());
    };
  }
}
