package orders.domain;

/// What happened to an order. Attempts are counted from 1, for each step and each undo anew.
public sealed interface Fact {
  record Placed() implements Fact {}

  record StepDone(Step step, int attempt, PartnerReference partnerReference) implements Fact {}

  /// An attempt went wrong or had no answer; there will be another.
  record StepFailed(Step step, int attempt, Reason reason) implements Fact {}

  /// The partner said no.
  record StepDeclined(Step step, int attempt, Reason reason) implements Fact {}

  /// The last allowed attempt went wrong too.
  record StepGivenUp(Step step, int attempt, Reason reason) implements Fact {}

  record CancelRequested() implements Fact {}

  record StepUndone(Step step, int attempt) implements Fact {}

  /// An undo went wrong or had no answer; there will be another.
  record UndoFailed(Step step, int attempt, Reason reason) implements Fact {}

  /// The partner refused to take the step back, or the last allowed attempt went wrong too: an
  /// operator must see to it.
  record UndoGivenUp(Step step, int attempt, Reason reason) implements Fact {}

  /// An operator started a failed order again, or had the undoing of a parked one go on.
  record Retried() implements Fact {}

  record Completed() implements Fact {}

  record Failed() implements Fact {}

  record Cancelled() implements Fact {}
}
