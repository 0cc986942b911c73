package orders.faults.machine;

import java.time.Duration;
import java.util.Map;

/// Under which a machine runs: much goes wrong, and soon.
final class Conditions {
  static final Duration LEASE = Duration.ofSeconds(2);

  /// The fewest in a round.
  static final int ORDERS = 1_000;

  static final Duration SHUTDOWN = Duration.ofSeconds(10);
  static final Map<String, String> SERVER =
      Map.ofEntries(
          Map.entry("LEASE_SECONDS", Long.toString(LEASE.toSeconds())),
          Map.entry("SHUTDOWN_SECONDS", Long.toString(SHUTDOWN.toSeconds())),
          Map.entry("BACKOFF_MS", "100"),
          Map.entry("BACKOFF_CAP_SECONDS", "2"),
          Map.entry("BREAKER_SECONDS", "1"),
          Map.entry("WORKERS", "64"));

  /// Partners are neither quick nor reliable.
  static final Map<String, String> PARTNERS =
      Map.ofEntries(
          Map.entry("CONFIRMATION_LATENCY_MS", "20"),
          Map.entry("PAYMENT_LATENCY_MS", "50"),
          Map.entry("DELIVERY_LATENCY_MS", "20"),
          Map.entry("CONFIRMATION_ERROR_RATE", "0.02"),
          Map.entry("PAYMENT_ERROR_RATE", "0.02"),
          Map.entry("DELIVERY_ERROR_RATE", "0.02"),
          Map.entry("PAYMENT_LOST_ANSWER_RATE", "0.02"),
          Map.entry("DELIVERY_LOST_ANSWER_RATE", "0.02"),
          Map.entry("PAYMENT_BUSY_RATE", "0.01"),
          Map.entry("CONFIRMATION_WAIT_RATE", "0.02"),
          Map.entry("PAYMENT_DECLINE_RATE", "0.03"),
          Map.entry("DELIVERY_DECLINE_RATE", "0.03"),
          Map.entry("PAYMENT_REFUSE_UNDO_RATE", "0.02"));

  private Conditions() {}
}
