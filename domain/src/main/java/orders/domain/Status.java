package orders.domain;

/// Where an order is in its life, without the particulars.
public enum Status {
  PENDING,
  PROCESSING,
  COMPENSATING,
  COMPLETED,
  FAILED,
  CANCELLED;

  /// Whether nothing happens to the order any more, an operator's retry aside.
  public boolean isTerminal() {
    return switch (this) {
      case PENDING, PROCESSING, COMPENSATING -> false;
      case COMPLETED, FAILED, CANCELLED -> true;
    };
  }
}
