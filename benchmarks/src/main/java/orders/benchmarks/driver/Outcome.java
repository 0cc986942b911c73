package orders.benchmarks.driver;

import java.time.Duration;
import org.HdrHistogram.Histogram;

/// What came of a load.
///
/// @param sent requests, warm-up included
/// @param created answers 201 in the measured time
/// @param refused other answers in the measured time
/// @param latencies in nanoseconds, in the measured time, from when a request was intended
/// @param acknowledged all orders, those of the warm-up included
public record Outcome(
    Duration measured,
    long sent,
    long created,
    long refused,
    Histogram latencies,
    Acknowledgements acknowledged) {
  public double createdPerSecond() {
    return created * 1e9 / measured.toNanos();
  }

  public double latencyMillis(double percentile) {
    return latencies.getValueAtPercentile(percentile) / 1e6;
  }
}
