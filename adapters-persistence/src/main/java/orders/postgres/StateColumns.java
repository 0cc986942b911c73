package orders.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import orders.domain.Cause;
import orders.domain.Failure;
import orders.domain.Reason;
import orders.domain.State;
import orders.domain.State.Cancelled;
import orders.domain.State.Compensating;
import orders.domain.State.Completed;
import orders.domain.State.Failed;
import orders.domain.State.Pending;
import orders.domain.State.Processing;
import orders.domain.Status;
import orders.domain.Step;
import org.jspecify.annotations.Nullable;

/// A state laid out in columns, which work and ended orders share as far as they have them.
///
/// @param step absent for an order that has ended
/// @param failure also while the order is being undone because of it; an order that is being undone
///   without a failure was cancelled
record StateColumns(
    Status status, @Nullable Step step, int failedAttempts, @Nullable Failure failure) {

  static StateColumns of(State state) {
    return switch (state) {
      case Pending _ -> new StateColumns(state.status(), Step.first(), 0, null);
      case Processing(Step step, int failedAttempts) ->
          new StateColumns(state.status(), step, failedAttempts, null);
      case Compensating(Step step, int failedAttempts, Cause cause) ->
          new StateColumns(state.status(), step, failedAttempts, failure(cause));
      case Failed(Failure failure) -> new StateColumns(state.status(), null, 0, failure);
      case Completed _, Cancelled _ -> new StateColumns(state.status(), null, 0, null);
    };
  }

  /// @throws IllegalArgumentException if the row makes no state
  static State read(ResultSet row) throws SQLException {
    return switch (Words.parse(Status.class, row.getString("status"))) {
      case PENDING -> new Pending();
      case PROCESSING -> new Processing(step(row), row.getInt("failed_attempts"));
      case COMPENSATING ->
          new Compensating(step(row), row.getInt("failed_attempts"), readCause(row));
      case COMPLETED -> new Completed();
      case FAILED -> new Failed(readFailure(row));
      case CANCELLED -> new Cancelled();
    };
  }

  @Nullable Step failureStep() {
    return failure == null ? null : failure.step();
  }

  Failure.@Nullable Kind failureKind() {
    return failure == null ? null : failure.kind();
  }

  @Nullable String failureReason() {
    return failure == null ? null : failure.reason().text();
  }

  private static @Nullable Failure failure(Cause cause) {
    return switch (cause) {
      case Cause.CancelRequested _ -> null;
      case Cause.FailedStep(Failure failure) -> failure;
    };
  }

  private static Cause readCause(ResultSet row) throws SQLException {
    return row.getString("failure_kind") == null
        ? new Cause.CancelRequested()
        : new Cause.FailedStep(readFailure(row));
  }

  private static Failure readFailure(ResultSet row) throws SQLException {
    return new Failure(
        Words.parse(Step.class, row.getString("failure_step")),
        Words.parse(Failure.Kind.class, row.getString("failure_kind")),
        new Reason(row.getString("failure_reason")));
  }

  private static Step step(ResultSet row) throws SQLException {
    return Words.parse(Step.class, row.getString("step"));
  }
}
