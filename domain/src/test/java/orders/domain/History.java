package orders.domain;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// The rules of a history, independently of the code that makes one.
///
/// Follows what partners did: which steps are done and not undone, and what that allows next.
final class History {
  private static final List<Step> STEPS = List.of(Step.CONFIRMATION, Step.PAYMENT, Step.DELIVERY);

  private final Deque<Step> begun = new ArrayDeque<>();
  private Status status = Status.PENDING;
  private Status endOfUndoing = Status.FAILED;
  private int failedAttempts;
  private boolean parked;

  private History() {}

  /// The status that `facts` lead to.
  ///
  /// @throws AssertionError if one of them is illegal where it stands
  static Status replay(List<Fact> facts) {
    check(facts.getFirst() instanceof Fact.Placed, facts.getFirst());
    History history = new History();
    facts.stream().skip(1).forEach(history::happened);
    return history.status;
  }

  private void happened(Fact fact) {
    switch (fact) {
      case Fact.Placed _ -> check(false, fact);
      case Fact.StepDone(Step step, int attempt, _) -> {
        begin(step, attempt, fact);
        failedAttempts = 0;
      }
      case Fact.StepFailed(Step step, int attempt, _) -> {
        begin(step, attempt, fact);
        begun.pop();
        failedAttempts = attempt;
      }
      case Fact.StepDeclined(Step step, int attempt, _) -> {
        begin(step, attempt, fact);
        undo(Status.FAILED);
      }
      case Fact.StepGivenUp(Step step, int attempt, _) -> {
        begin(step, attempt, fact);
        undo(Status.FAILED);
      }
      case Fact.CancelRequested _ -> {
        check(status == Status.PENDING || status == Status.PROCESSING, fact);
        begun.push(STEPS.get(begun.size()));
        undo(Status.CANCELLED);
      }
      case Fact.UndoFailed(Step step, int attempt, _) -> {
        check(isUndoing() && begun.peek() == step, fact);
        check(attempt == failedAttempts + 1, fact);
        failedAttempts = attempt;
      }
      case Fact.UndoGivenUp(Step step, int attempt, _) -> {
        check(isUndoing() && begun.peek() == step, fact);
        check(attempt == failedAttempts + 1, fact);
        parked = true;
      }
      case Fact.StepUndone(Step step, int attempt) -> {
        check(isUndoing() && begun.pop() == step, fact);
        check(attempt == failedAttempts + 1, fact);
        failedAttempts = 0;
      }
      case Fact.Retried _ -> {
        check(parked || status == Status.FAILED, fact);
        status = parked ? Status.COMPENSATING : Status.PROCESSING;
        parked = false;
        failedAttempts = 0;
      }
      case Fact.Completed _ -> {
        check(status == Status.PROCESSING && begun.size() == STEPS.size(), fact);
        status = Status.COMPLETED;
      }
      case Fact.Failed _ -> end(Status.FAILED, fact);
      case Fact.Cancelled _ -> {
        if (status == Status.PENDING) {
          status = Status.CANCELLED;
        } else {
          end(Status.CANCELLED, fact);
        }
      }
    }
  }

  private boolean isUndoing() {
    return status == Status.COMPENSATING && !parked;
  }

  private void begin(Step step, int attempt, Fact fact) {
    check(status == Status.PENDING || status == Status.PROCESSING, fact);
    check(step == STEPS.get(begun.size()) && attempt == failedAttempts + 1, fact);
    status = Status.PROCESSING;
    begun.push(step);
  }

  private void undo(Status end) {
    status = Status.COMPENSATING;
    endOfUndoing = end;
    failedAttempts = 0;
  }

  private void end(Status end, Fact fact) {
    check(status == Status.COMPENSATING && begun.isEmpty() && endOfUndoing == end, fact);
    status = end;
  }

  private static void check(boolean legal, Fact fact) {
    if (!legal) {
      throw new AssertionError("illegal here: " + fact);
    }
  }
}
