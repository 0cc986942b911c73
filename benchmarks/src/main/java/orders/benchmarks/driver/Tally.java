package orders.benchmarks.driver;

import org.HdrHistogram.Histogram;

/// What one thread, or all of them, saw. Not safe for several threads.
///
/// Counts and latencies are those of the measured time; ids are all that ever were acknowledged.
final class Tally {
  private static final long LONGEST_NANOS = 60_000_000_000L;

  final Histogram latencies = new Histogram(LONGEST_NANOS, 3);
  final Acknowledgements acknowledged = new Acknowledgements();
  long created;
  long refused;
  long sent;

  void addLatency(long nanos) {
    latencies.recordValue(Math.min(Math.max(nanos, 0), LONGEST_NANOS));
  }

  void add(Tally other) {
    latencies.add(other.latencies);
    acknowledged.addAll(other.acknowledged);
    created += other.created;
    refused += other.refused;
    sent += other.sent;
  }
}
