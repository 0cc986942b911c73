package orders.application.dispatch;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import orders.application.port.Partner;
import orders.application.port.Partner.Trouble;
import orders.application.port.Partners;
import orders.application.port.Threads;
import orders.application.port.WorkQueue.Obstacle;
import orders.domain.Reason;
import orders.domain.Step;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Calls partners through their gates, each call as a task of its own and bounded in time.
///
/// Its own task, so that a partner's code that ignores interruption cannot keep the worker.
final class PartnerCalls {
  private static final Logger log = LoggerFactory.getLogger(PartnerCalls.class);

  private static final Duration MOMENT = Duration.ofMillis(50);

  /// After a pause of the database, all workers come at once to a partner that answers at once: its
  /// places are free again within microseconds, but not for all of them.
  private static final Duration SHORTEST_MOMENT = Duration.ofMillis(1);

  private static final Duration PATIENCE = Duration.ofMillis(100);

  private final Partners partners;
  private final Map<Step, PartnerGate> gates = new EnumMap<>(Step.class);
  private final Duration timeout;
  private final Threads threads;

  PartnerCalls(Partners partners, PartnerLimits limits, Duration timeout, Threads threads) {
    this.partners = partners;
    this.timeout = timeout;
    this.threads = threads;
    for (Step step : Step.values()) {
      gates.put(step, new PartnerGate(step, limits, threads));
    }
  }

  /// What came of wanting to call.
  ///
  /// @param <T> what the partner answers
  sealed interface Called<T> {
    /// The partner was called, or it was tried.
    ///
    /// @param outage whether the partner fails everybody
    record Answered<T>(T answer, boolean outage) implements Called<T> {}

    /// Not now; the partner knows nothing of it.
    record TurnedAway<T>(PartnerGate.Shut shut) implements Called<T> {}
  }

  /// @throws InterruptedException if the caller was interrupted; what came of the call is unknown
  Called<Partner.Result> perform(Partner.Call call) throws InterruptedException {
    Partner partner = partners.of(call.step());
    return throughGate(
        call,
        () -> partner.perform(call),
        (reason, trouble) -> new Partner.Result.Retry(reason, trouble),
        result -> !(result instanceof Partner.Result.Retry));
  }

  /// @throws InterruptedException if the caller was interrupted; what came of the call is unknown
  Called<Partner.Undo> undo(Partner.Call call) throws InterruptedException {
    Partner partner = partners.of(call.step());
    return throughGate(
        call,
        () -> partner.undo(call),
        (reason, trouble) -> new Partner.Undo.Retry(reason, trouble),
        result -> !(result instanceof Partner.Undo.Retry));
  }

  PartnerFigures figures(Step step) {
    return gate(step).figures();
  }

  private <T> Called<T> throughGate(
      Partner.Call about,
      Supplier<T> call,
      BiFunction<Reason, Trouble, T> wentWrong,
      Predicate<T> isSound)
      throws InterruptedException {
    PartnerGate gate = gate(about.step());
    return switch (enter(gate)) {
      case PartnerGate.Shut shut -> {
        gate.turnedAway(shut.obstacle());
        yield new Called.TurnedAway<>(shut);
      }
      case PartnerGate.Pass pass -> {
        boolean sound = false;
        T answer;
        try {
          answer = bounded(about, call, wentWrong);
          sound = isSound.test(answer);
        } finally {
          pass.leave(sound);
        }
        yield new Called.Answered<>(answer, !gate.isOpenToAll());
      }
    };
  }

  /// A place that is free in a moment is waited for here: to give the work back and to claim it
  /// again costs two writes and more time.
  private PartnerGate.Entry enter(PartnerGate gate) throws InterruptedException {
    long start = threads.nanoTime();
    PartnerGate.Entry entry = gate.enter();
    while (entry instanceof PartnerGate.Shut(Obstacle obstacle, Duration comeBackAfter)
        && obstacle == Obstacle.PARTNER
        && comeBackAfter.compareTo(MOMENT) <= 0
        && threads.nanoTime() - start < PATIENCE.toNanos()) {
      var _ = threads.monitor().await(() -> false, comeBackAfter.plus(SHORTEST_MOMENT));
      entry = gate.enter();
    }
    return entry;
  }

  private PartnerGate gate(Step step) {
    return Optional.ofNullable(gates.get(step)).orElseThrow();
  }

  private <T> T bounded(
      Partner.Call about, Supplier<T> call, BiFunction<Reason, Trouble, T> wentWrong)
      throws InterruptedException {
    var answer = new AtomicReference<Optional<T>>(Optional.empty());
    Threads.Monitor answered = threads.monitor();
    Threads.Task task =
        threads.start(
            "partner",
            () -> {
              answer.set(Optional.of(ask(about, call, wentWrong)));
              answered.changed();
            });
    Optional<T> inTime;
    try {
      answered.await(() -> answer.get().isPresent(), timeout);
      // Before the interruption, of which the adapter would tell instead of the time.
      inTime = answer.get();
    } finally {
      task.interrupt();
    }
    return inTime.orElseGet(() ->
        wentWrong.apply(
            Reason.of("no answer within " + timeout.toMillis() + " ms"), Trouble.SILENCE));
  }

  private static <T> T ask(
      Partner.Call about, Supplier<T> call, BiFunction<Reason, Trouble, T> wentWrong) {
    try {
      return call.get();
    } catch (RuntimeException e) {
      // Not to be told to others, since it may name addresses.
      LogContext.enter(about.order().id(), about.trace());
      log.error("The adapter of the {} partner failed", about.step(), e);
      LogContext.leave();
      return wentWrong.apply(Reason.of("the partner could not be asked"), Trouble.FAULT);
    }
  }
}
