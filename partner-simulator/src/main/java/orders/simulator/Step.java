package orders.simulator;

import java.util.Locale;
import java.util.Optional;

/// What one of the partners does; in lower case, the first part of its path.
enum Step {
  CONFIRMATION,
  PAYMENT,
  DELIVERY;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Step> parse(String word) {
    for (Step step : values()) {
      if (step.word().equals(word)) {
        return Optional.of(step);
      }
    }
    return Optional.empty();
  }
}
