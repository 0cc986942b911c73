package orders.http.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import orders.domain.Event;
import orders.domain.Fact;
import orders.domain.Step;
import org.jspecify.annotations.Nullable;

/// An event as it goes over the wire; what it has nothing to say about is left out.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EventView(
    long seq,
    String type,
    @Nullable String step,
    @Nullable String partnerReference,
    @Nullable String reason,
    @Nullable Integer attempt,
    String at) {

  public static EventView of(Event event) {
    return switch (event.fact()) {
      case Fact.Placed _ -> plain(event, "placed");
      case Fact.StepDone(Step step, int attempt, var reference) ->
          new EventView(
              event.seq(),
              "step_done",
              Json.word(step),
              reference.value(),
              null,
              attempt,
              Json.time(event.at()));
      case Fact.StepFailed(Step step, int attempt, var reason) ->
          tried(event, "step_failed", step, attempt, reason.text());
      case Fact.StepDeclined(Step step, int attempt, var reason) ->
          tried(event, "step_declined", step, attempt, reason.text());
      case Fact.StepGivenUp(Step step, int attempt, var reason) ->
          tried(event, "step_given_up", step, attempt, reason.text());
      case Fact.CancelRequested _ -> plain(event, "cancel_requested");
      case Fact.StepUndone(Step step, int attempt) ->
          tried(event, "step_undone", step, attempt, null);
      case Fact.UndoFailed(Step step, int attempt, var reason) ->
          tried(event, "undo_failed", step, attempt, reason.text());
      case Fact.UndoGivenUp(Step step, int attempt, var reason) ->
          tried(event, "undo_given_up", step, attempt, reason.text());
      case Fact.Retried _ -> plain(event, "retried");
      case Fact.Completed _ -> plain(event, "completed");
      case Fact.Failed _ -> plain(event, "failed");
      case Fact.Cancelled _ -> plain(event, "cancelled");
    };
  }

  private static EventView plain(Event event, String type) {
    return new EventView(event.seq(), type, null, null, null, null, Json.time(event.at()));
  }

  private static EventView tried(
      Event event, String type, Step step, int attempt, @Nullable String reason) {
    return new EventView(
        event.seq(), type, Json.word(step), null, reason, attempt, Json.time(event.at()));
  }
}
