package orders.benchmarks.report;

import java.util.Locale;

/// Numbers as people read them: as many digits as mean something.
final class Numbers {
  private Numbers() {}

  static String text(double value) {
    double size = Math.abs(value);
    if (size >= 100) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    return String.format(Locale.ROOT, size >= 10 ? "%.1f" : size >= 0.1 ? "%.2f" : "%.4f", value);
  }
}
