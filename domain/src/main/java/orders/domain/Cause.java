package orders.domain;

/// Why an order is being undone; it decides in which status the order ends.
public sealed interface Cause {
  /// Somebody asked for it.
  record CancelRequested() implements Cause {}

  /// A step was declined, or was given up.
  record FailedStep(Failure failure) implements Cause {}
}
