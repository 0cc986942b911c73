package orders.faults.promise;

import java.util.Optional;

/// A promise that was not kept.
///
/// @param order its id, if it is about one
public record Violation(Promise promise, Optional<String> order, String what) {
  public static Violation of(Promise promise, String order, String what) {
    return new Violation(promise, Optional.of(order), what);
  }

  public static Violation of(Promise promise, String what) {
    return new Violation(promise, Optional.empty(), what);
  }

  @Override
  public String toString() {
    return promise + order.map(id -> " " + id).orElse("") + ": " + what;
  }
}
