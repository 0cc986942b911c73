package orders.application.port;

import orders.domain.Step;

/// The partner of each step.
public record Partners(Partner confirmation, Partner payment, Partner delivery) {
  public Partner of(Step step) {
    return switch (step) {
      case CONFIRMATION -> confirmation;
      case PAYMENT -> payment;
      case DELIVERY -> delivery;
    };
  }
}
