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
import orders.domain.State.Parked;
import orders.domain.State.Pending;
import orders.domain.State.Processing;
import orders.domain.Status;
import orders.domain.Step;
import org.jspecify.annotations.Nullable;

/// A state laid out in columns, which work and ended orders share as far as they have them.
///
/// Read back, a parked order has a status of its own, and the reason of its last event.
///
/// @param step absent for an order that has ended
/// @param failure also while the order is being undone because of it; an order that is being undone
///   without a failure was cancelled
record StateColumns(
    Status status,
    boolean parked,
    @Nullable Step step,
    int failedAttempts,
    @Nullable Failure failure) {
  private static final String PARKED = "parked";

  static StateColumns of(State state) {
    return switch (state) {
      case Pending _ -> new StateColumns(state.status(), false, Step.first(), 0, null);
      case Processing(Step step, int failedAttempts) ->
          new StateColumns(state.status(), false, step, failedAttempts, null);
      case Compensating(Step step, int failedAttempts, Cause cause) ->
          new StateColumns(state.status(), false, step, failedAttempts, failure(cause));
      case Parked(Step step, Cause cause, Reason _) ->
          new StateColumns(state.status(), true, step, 0, failure(cause));
      case Failed(Failure failure) -> new StateColumns(state.status(), false, null, 0, failure);
      case Completed _, Cancelled _ -> new StateColumns(state.status(), false, null, 0, null);
    };
  }

  /// @throws IllegalArgumentException if the row makes no state
  static State read(ResultSet row) throws SQLException {
    if (PARKED.equals(row.getString("status"))) {
      return new Parked(step(row), readCause(row), new Reason(row.getString("last_reason")));
    }
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
