package orders.domain;

/// Where an order is in its life, with the facts of that place. Only [Order] moves from one to
/// another.
public sealed interface State {
  Status status();

  /// Durable, nothing begun.
  record Pending() implements State {
    @Override
    public Status status() {
      return Status.PENDING;
    }
  }

  /// `step` is running, waiting for its partner, or backing off after `failedAttempts` attempts.
  record Processing(Step step, int failedAttempts) implements State {
    public Processing {
      requireCount(failedAttempts);
    }

    @Override
    public Status status() {
      return Status.PROCESSING;
    }
  }

  /// `step` is the one being undone; those before it are still to be undone, those after it are.
  record Compensating(Step step, int failedAttempts, Cause cause) implements State {
    public Compensating {
      requireCount(failedAttempts);
    }

    @Override
    public Status status() {
      return Status.COMPENSATING;
    }
  }

  /// `step` could not be undone, and nobody tries again until an operator says so. Those before it
  /// are still to be undone too.
  ///
  /// @param reason what stood in the way at last
  record Parked(Step step, Cause cause, Reason reason) implements State {
    @Override
    public Status status() {
      return Status.COMPENSATING;
    }
  }

  /// All steps done.
  record Completed() implements State {
    @Override
    public Status status() {
      return Status.COMPLETED;
    }
  }

  /// A step was declined or given up, and everything begun is undone.
  record Failed(Failure failure) implements State {
    @Override
    public Status status() {
      return Status.FAILED;
    }
  }

  /// Cancelled on request, and everything begun is undone.
  record Cancelled() implements State {
    @Override
    public Status status() {
      return Status.CANCELLED;
    }
  }

  private static void requireCount(int failedAttempts) {
    if (failedAttempts < 0) {
      throw new IllegalArgumentException("failedAttempts must not be negative");
    }
  }
}
