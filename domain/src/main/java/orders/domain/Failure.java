package orders.domain;

/// Why an order failed.
public record Failure(Step step, Kind kind, Reason reason) {
  public enum Kind {
    /// The partner said no.
    DECLINED,
    /// Every attempt went wrong.
    GIVEN_UP
  }
}
