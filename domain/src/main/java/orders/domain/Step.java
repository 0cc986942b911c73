package orders.domain;

import java.util.Optional;

/// One piece of work with a partner. An order takes them in this order and undoes them in reverse.
public enum Step {
  /// The merchant accepts the order.
  CONFIRMATION,
  /// The customer's money is taken.
  PAYMENT,
  /// A courier is assigned.
  DELIVERY;

  public static Step first() {
    return CONFIRMATION;
  }

  public Optional<Step> next() {
    return switch (this) {
      case CONFIRMATION -> Optional.of(PAYMENT);
      case PAYMENT -> Optional.of(DELIVERY);
      case DELIVERY -> Optional.empty();
    };
  }

  public Optional<Step> previous() {
    return switch (this) {
      case CONFIRMATION -> Optional.empty();
      case PAYMENT -> Optional.of(CONFIRMATION);
      case DELIVERY -> Optional.of(PAYMENT);
    };
  }
}
