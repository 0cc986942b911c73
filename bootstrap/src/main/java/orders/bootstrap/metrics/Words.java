package orders.bootstrap.metrics;

import java.util.Locale;

/// The values of labels.
final class Words {
  static final String PERFORM = "perform";
  static final String UNDO = "undo";

  private Words() {}

  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
