package orders.domain;

import static orders.domain.Failure.Kind.DECLINED;
import static orders.domain.Failure.Kind.GIVEN_UP;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import orders.domain.State.Cancelled;
import orders.domain.State.Compensating;
import orders.domain.State.Completed;
import orders.domain.State.Failed;
import orders.domain.State.Parked;
import orders.domain.State.Pending;
import orders.domain.State.Processing;

/// An order and its life: the only place that decides what is legal.
///
/// A value: each move gives a new order with the facts that led there, or a refusal. When it
/// happened is not its business; the store that makes a fact durable dates it.
///
/// @param round how often the order was started: 1, and one more with each retry. What was undone
///   is asked for again under a new key, because a partner answers an old key with its old answer
/// @param version the number of its last event
public record Order(OrderId id, Purchase purchase, State state, int round, long version) {
  public Order {
    if (round < 1 || version < 1) {
      throw new IllegalArgumentException("round and version count from 1");
    }
  }

  public static Move.Made place(OrderId id, Purchase purchase) {
    return new Move.Made(new Order(id, purchase, new Pending(), 1, 1), List.of(new Fact.Placed()));
  }

  public Status status() {
    return state.status();
  }

  /// This order once a worker holds it: begun, if it was not before.
  ///
  /// No fact and no version, since a claim is recorded with the work and not in the history.
  public Order claimed() {
    return switch (state) {
      case Pending _ -> new Order(id, purchase, new Processing(Step.first(), 0), round, version);
      case Processing _, Compensating _ -> this;
      case Parked _, Completed _, Failed _, Cancelled _ ->
          throw new IllegalStateException("there is no work to claim: " + id);
    };
  }

  /// `step` was done: the next one is current, or the order is completed.
  public Move stepDone(Step step, PartnerReference partnerReference) {
    return whileProcessing(
        step,
        at -> {
          Fact done = new Fact.StepDone(step, at.failedAttempts() + 1, partnerReference);
          return step.next()
              .map(next -> moved(new Processing(next, 0), done))
              .orElseGet(() -> moved(new Completed(), done, new Fact.Completed()));
        });
  }

  /// The partner said no to `step`: everything begun is undone, then the order fails.
  public Move stepDeclined(Step step, Reason reason) {
    return whileProcessing(
        step,
        at ->
            moved(
                undoingFrom(step, new Failure(step, DECLINED, reason)),
                new Fact.StepDeclined(step, at.failedAttempts() + 1, reason)));
  }

  /// An attempt at `step` went wrong, and there will be another.
  public Move stepFailed(Step step, Reason reason) {
    return whileProcessing(
        step,
        at ->
            moved(
                new Processing(step, at.failedAttempts() + 1),
                new Fact.StepFailed(step, at.failedAttempts() + 1, reason)));
  }

  /// An attempt at `step` went wrong, and it was the last: everything begun is undone.
  public Move stepGivenUp(Step step, Reason reason) {
    return whileProcessing(
        step,
        at ->
            moved(
                undoingFrom(step, new Failure(step, GIVEN_UP, reason)),
                new Fact.StepGivenUp(step, at.failedAttempts() + 1, reason)));
  }

  /// `step` was undone: the one before it is next, or the order has ended.
  public Move stepUndone(Step step) {
    return whileCompensating(
        step,
        at -> {
          Fact undone = new Fact.StepUndone(step, at.failedAttempts() + 1);
          return step.previous()
              .map(previous -> moved(new Compensating(previous, 0, at.cause()), undone))
              .orElseGet(() ->
                  switch (at.cause()) {
                    case Cause.CancelRequested _ ->
                        moved(new Cancelled(), undone, new Fact.Cancelled());
                    case Cause.FailedStep(Failure failure) ->
                        moved(new Failed(failure), undone, new Fact.Failed());
                  });
        });
  }

  /// An attempt to undo `step` went wrong, and there will be another.
  public Move undoFailed(Step step, Reason reason) {
    return whileCompensating(
        step,
        at ->
            moved(
                new Compensating(step, at.failedAttempts() + 1, at.cause()),
                new Fact.UndoFailed(step, at.failedAttempts() + 1, reason)));
  }

  /// `step` cannot be undone: the order is parked until an operator retries it.
  public Move undoGivenUp(Step step, Reason reason) {
    return whileCompensating(
        step,
        at ->
            moved(
                new Parked(step, at.cause(), reason),
                new Fact.UndoGivenUp(step, at.failedAttempts() + 1, reason)));
  }

  /// Somebody wants the order no more: it ends at once if nothing was begun, else after undoing.
  public Move cancel() {
    return switch (state) {
      case Pending _ -> moved(new Cancelled(), new Fact.Cancelled());
      case Processing(Step step, _) ->
          moved(new Compensating(step, 0, new Cause.CancelRequested()), new Fact.CancelRequested());
      case Compensating _, Parked _, Completed _, Failed _, Cancelled _ -> refused("cancelled");
    };
  }

  /// An operator has the order go on: a parked one with the undo that it is parked at, a failed one
  /// from its first step, since every step was undone.
  public Move retry() {
    return switch (state) {
      case Parked(Step step, Cause cause, _) ->
          moved(new Compensating(step, 0, cause), new Fact.Retried());
      case Failed _ ->
          new Move.Made(
              new Order(id, purchase, new Processing(Step.first(), 0), round + 1, version + 1),
              List.of(new Fact.Retried()));
      case Pending _, Processing _, Compensating _, Completed _, Cancelled _ -> refused("retried");
    };
  }

  /// A begun step is undone even when the partner said no to it: an earlier attempt without an
  /// answer may have taken effect.
  private static Compensating undoingFrom(Step step, Failure failure) {
    return new Compensating(step, 0, new Cause.FailedStep(failure));
  }

  private Move whileProcessing(Step step, Function<Processing, Move> move) {
    return state instanceof Processing at && at.step() == step
        ? move.apply(at)
        : refused("moved by the " + word(step) + " step");
  }

  private Move whileCompensating(Step step, Function<Compensating, Move> move) {
    return state instanceof Compensating at && at.step() == step
        ? move.apply(at)
        : refused("moved by undoing its " + word(step) + " step");
  }

  private Move moved(State next, Fact... facts) {
    return new Move.Made(
        new Order(id, purchase, next, round, version + facts.length), List.of(facts));
  }

  private Move refused(String participle) {
    return new Move.Refused(
        status(), "An order that is " + word(status()) + " cannot be " + participle + ".");
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
