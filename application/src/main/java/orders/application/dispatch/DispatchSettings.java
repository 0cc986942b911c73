package orders.application.dispatch;

import java.time.Duration;

/// How much this node works on at once, and how often it looks for more.
///
/// @param workers orders in progress at once
/// @param queueCapacity claimed orders waiting in memory for a worker
/// @param lease how long a claim holds without renewal; renewed after a third of it
/// @param pollInterval how long work that nobody announced (a backoff that ended, a lease that
///   expired) may wait for being noticed
/// @param partners how much each partner is asked to bear
public record DispatchSettings(
    int workers, int queueCapacity, Duration lease, Duration pollInterval, PartnerLimits partners) {
  /// The most orders claimed in one statement: enough to be cheap, little enough to be quick.
  static final int MAX_CLAIM = 1_000;

  public DispatchSettings {
    if (workers < 1 || queueCapacity < 1) {
      throw new IllegalArgumentException("workers and queueCapacity must be at least 1");
    }
    if (!lease.isPositive() || !pollInterval.isPositive()) {
      throw new IllegalArgumentException("lease and pollInterval must be positive");
    }
  }

  /// Orders that this node holds at once, in progress or waiting for a worker.
  public int slots() {
    return workers + queueCapacity;
  }

  /// With a backlog in the database, claiming waits for this many free slots: the orders in memory
  /// keep the workers busy meanwhile, and one statement fetches many.
  int refillAt() {
    return Math.min(MAX_CLAIM, Math.max(1, queueCapacity / 2));
  }
}
