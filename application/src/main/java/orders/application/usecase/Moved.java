package orders.application.usecase;

import orders.application.port.StoredOrder;
import orders.domain.Status;

/// What came of asking for an order to be moved.
public sealed interface Moved {
  /// Durable; the order as it is now.
  record Accepted(StoredOrder order) implements Moved {}

  /// Not legal from where the order is.
  ///
  /// @param explanation a sentence for whoever asked
  record Refused(Status status, String explanation) implements Moved {}

  /// The order is at another version than was expected, and was left as it is.
  record Outdated(long version) implements Moved {}

  /// There is no such order, as far as who asked may see.
  record Unknown() implements Moved {}
}
