package orders.application.port;

import java.time.Instant;
import java.util.Optional;
import orders.domain.Reason;
import orders.domain.Step;

/// What a live order waits for, so that nobody has to read logs to find out.
public sealed interface Waiting {
  /// A free worker, on whichever node.
  record ForWorker() implements Waiting {}

  /// The partner behind `step`.
  ///
  /// @param attempt the one that is made, or that comes next; counts from 1
  /// @param until when it will be asked; absent while a worker has the order to ask it
  /// @param lastError why the attempt before went wrong
  record ForPartner(Step step, int attempt, Optional<Instant> until, Optional<Reason> lastError)
      implements Waiting {}

  /// The circuit breaker of the partner behind `step`, which kept failing: nobody asks it now.
  ///
  /// @param until when it may be asked again
  record ForBreaker(Step step, int attempt, Instant until, Optional<Reason> lastError)
      implements Waiting {}

  /// Somebody who sees to it: `step` could not be undone, and nobody tries again until told to.
  record ForOperator(Step step, Reason reason) implements Waiting {}
}
