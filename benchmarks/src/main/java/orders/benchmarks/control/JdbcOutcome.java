package orders.benchmarks.control;

import java.util.Locale;
import org.HdrHistogram.Histogram;

/// What plain JDBC did.
///
/// @param measured orders stored in the measured time
/// @param stored all orders, those of the warm-up included
public record JdbcOutcome(long measured, long stored, double p50Millis, double p99Millis) {
  static JdbcOutcome of(Histogram latencies, long stored) {
    return new JdbcOutcome(
        latencies.getTotalCount(),
        stored,
        latencies.getValueAtPercentile(50) / 1e6,
        latencies.getValueAtPercentile(99) / 1e6);
  }

  static JdbcOutcome parse(String line) {
    String[] words = line.split(" ", -1);
    return new JdbcOutcome(
        Long.parseLong(words[0]),
        Long.parseLong(words[1]),
        Double.parseDouble(words[2]),
        Double.parseDouble(words[3]));
  }

  String line() {
    return String.format(Locale.ROOT, "%d %d %f %f", measured, stored, p50Millis, p99Millis);
  }
}
