package orders.faults.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import orders.faults.promise.Promise;
import orders.faults.promise.Violation;

/// Follows the events of one order by the rules of its life, which are written down here once more,
/// up to one of its ends: P3.
public final class HistoryCheck {
  private static final List<String> STEPS = List.of("confirmation", "payment", "delivery");

  private enum Stage {
    NEW,
    FORWARD,
    /// All steps are done.
    DONE,
    BACKWARD,
    /// All that was begun is undone.
    UNDONE,
    PARKED,
    COMPLETED,
    FAILED,
    CANCELLED
  }

  private final List<String> wrong = new ArrayList<>();
  private Stage stage = Stage.NEW;
  private int step;
  private int attempts;
  private boolean begun;
  private Instant last = Instant.MIN;
  private boolean cancelled;

  private HistoryCheck() {}

  /// @param order after its end
  /// @param events its history, oldest first
  public static List<Violation> violations(JsonNode order, List<JsonNode> events) {
    HistoryCheck check = new HistoryCheck();
    for (int i = 0; i < events.size(); i++) {
      check.follow(i + 1, events.get(i));
    }
    check.compare(order, events.size());
    return check.wrong.stream()
        .map(wrong -> Violation.of(Promise.P3, order.get("id").asText(), wrong))
        .toList();
  }

  private void follow(int seq, JsonNode event) {
    if (event.get("seq").asInt() != seq) {
      wrong.add("event %d is numbered %s".formatted(seq, event.get("seq")));
    }
    Instant at = Instant.parse(event.get("at").asText());
    if (at.isBefore(last)) {
      wrong.add("event %d, %s, is older than the one before".formatted(seq, event));
    }
    last = at;
    String type = event.get("type").asText();
    boolean legal =
        switch (type) {
          case "placed" -> moves(Stage.NEW, Stage.FORWARD);
          case "step_done" -> isAtStep(event, Stage.FORWARD) && isAttempt(event) && stepDone();
          case "step_failed" -> isAtStep(event, Stage.FORWARD) && isAttempt(event) && failedOnce();
          case "step_declined", "step_given_up" ->
              isAtStep(event, Stage.FORWARD) && turnsBack(false);
          case "cancel_requested" -> stage == Stage.FORWARD && turnsBack(true);
          case "step_undone" -> isAtStep(event, Stage.BACKWARD) && isAttempt(event) && stepUndone();
          case "undo_failed" -> isAtStep(event, Stage.BACKWARD) && isAttempt(event) && failedOnce();
          case "undo_given_up" -> isAtStep(event, Stage.BACKWARD) && moves(stage, Stage.PARKED);
          case "retried" -> retried();
          case "completed" -> moves(Stage.DONE, Stage.COMPLETED);
          case "failed" -> !cancelled && moves(Stage.UNDONE, Stage.FAILED);
          case "cancelled" -> endsCancelled();
          default -> false;
        };
    if (!legal) {
      wrong.add(
          "event %d, %s, is none for an order that is %s at %s"
              .formatted(seq, event, stage, step < STEPS.size() ? STEPS.get(step) : "its end"));
    }
  }

  private boolean moves(Stage from, Stage to) {
    boolean legal = stage == from;
    stage = to;
    return legal;
  }

  private boolean isAtStep(JsonNode event, Stage wanted) {
    return stage == wanted
        && step < STEPS.size()
        && event.path("step").asText().equals(STEPS.get(step));
  }

  private boolean isAttempt(JsonNode event) {
    return event.path("attempt").asInt() == attempts + 1;
  }

  private boolean stepDone() {
    begun = true;
    attempts = 0;
    step++;
    if (step == STEPS.size()) {
      stage = Stage.DONE;
    }
    return true;
  }

  private boolean failedOnce() {
    begun = true;
    attempts++;
    return true;
  }

  private boolean turnsBack(boolean cancel) {
    cancelled = cancel;
    attempts = 0;
    stage = Stage.BACKWARD;
    return true;
  }

  private boolean stepUndone() {
    attempts = 0;
    step--;
    if (step < 0) {
      step = 0;
      stage = Stage.UNDONE;
    }
    return true;
  }

  private boolean retried() {
    if (stage == Stage.PARKED) {
      attempts = 0;
      stage = Stage.BACKWARD;
      return true;
    }
    begun = false;
    step = 0;
    attempts = 0;
    return moves(Stage.FAILED, Stage.FORWARD);
  }

  /// An order that nobody had begun with is cancelled at once: there is nothing to undo.
  private boolean endsCancelled() {
    boolean legal = cancelled ? stage == Stage.UNDONE : stage == Stage.FORWARD && !begun;
    stage = Stage.CANCELLED;
    return legal;
  }

  private void compare(JsonNode order, int events) {
    String status = order.get("status").asText();
    Optional<Stage> told =
        switch (status) {
          case "completed" -> Optional.of(Stage.COMPLETED);
          case "failed" -> Optional.of(Stage.FAILED);
          case "cancelled" -> Optional.of(Stage.CANCELLED);
          default -> Optional.empty();
        };
    if (told.isEmpty() || told.get() != stage) {
      wrong.add("it is %s, and its history says %s".formatted(status, stage));
    }
    if (order.get("version").asInt() != events) {
      wrong.add("its version is %s, and it has %d events".formatted(order.get("version"), events));
    }
  }
}
