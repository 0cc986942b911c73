package orders.postgres;

import static java.util.Objects.requireNonNull;

import orders.domain.Fact;
import orders.domain.Fact.CancelRequested;
import orders.domain.Fact.Cancelled;
import orders.domain.Fact.Completed;
import orders.domain.Fact.Failed;
import orders.domain.Fact.Placed;
import orders.domain.Fact.Retried;
import orders.domain.Fact.StepDeclined;
import orders.domain.Fact.StepDone;
import orders.domain.Fact.StepFailed;
import orders.domain.Fact.StepGivenUp;
import orders.domain.Fact.StepUndone;
import orders.domain.Fact.UndoFailed;
import orders.domain.Fact.UndoGivenUp;
import orders.domain.PartnerReference;
import orders.domain.Reason;
import orders.domain.Step;
import org.jspecify.annotations.Nullable;

/// A fact laid out in the columns of `events`.
record FactColumns(
    String type,
    @Nullable Step step,
    @Nullable Integer attempt,
    @Nullable String partnerReference,
    @Nullable String reason) {

  static FactColumns of(Fact fact) {
    return switch (fact) {
      case Placed _ -> alone("placed");
      case StepDone(Step step, int attempt, PartnerReference reference) ->
          new FactColumns("step_done", step, attempt, reference.value(), null);
      case StepFailed(Step step, int attempt, Reason reason) ->
          new FactColumns("step_failed", step, attempt, null, reason.text());
      case StepDeclined(Step step, int attempt, Reason reason) ->
          new FactColumns("step_declined", step, attempt, null, reason.text());
      case StepGivenUp(Step step, int attempt, Reason reason) ->
          new FactColumns("step_given_up", step, attempt, null, reason.text());
      case CancelRequested _ -> alone("cancel_requested");
      case StepUndone(Step step, int attempt) ->
          new FactColumns("step_undone", step, attempt, null, null);
      case UndoFailed(Step step, int attempt, Reason reason) ->
          new FactColumns("undo_failed", step, attempt, null, reason.text());
      case UndoGivenUp(Step step, int attempt, Reason reason) ->
          new FactColumns("undo_given_up", step, attempt, null, reason.text());
      case Retried _ -> alone("retried");
      case Completed _ -> alone("completed");
      case Failed _ -> alone("failed");
      case Cancelled _ -> alone("cancelled");
    };
  }

  /// @throws IllegalArgumentException if there is no such type of fact
  /// @throws NullPointerException if the type needs a column that is absent
  Fact toFact() {
    return switch (type) {
      case "placed" -> new Placed();
      case "step_done" ->
          new StepDone(
              ofStep(), ofAttempt(), new PartnerReference(requireNonNull(partnerReference)));
      case "step_failed" -> new StepFailed(ofStep(), ofAttempt(), ofReason());
      case "step_declined" -> new StepDeclined(ofStep(), ofAttempt(), ofReason());
      case "step_given_up" -> new StepGivenUp(ofStep(), ofAttempt(), ofReason());
      case "cancel_requested" -> new CancelRequested();
      case "step_undone" -> new StepUndone(ofStep(), ofAttempt());
      case "undo_failed" -> new UndoFailed(ofStep(), ofAttempt(), ofReason());
      case "undo_given_up" -> new UndoGivenUp(ofStep(), ofAttempt(), ofReason());
      case "retried" -> new Retried();
      case "completed" -> new Completed();
      case "failed" -> new Failed();
      case "cancelled" -> new Cancelled();
      default -> throw new IllegalArgumentException("there is no fact of type " + type);
    };
  }

  private static FactColumns alone(String type) {
    return new FactColumns(type, null, null, null, null);
  }

  private Step ofStep() {
    return requireNonNull(step);
  }

  private int ofAttempt() {
    return requireNonNull(attempt);
  }

  private Reason ofReason() {
    return new Reason(requireNonNull(reason));
  }
}
