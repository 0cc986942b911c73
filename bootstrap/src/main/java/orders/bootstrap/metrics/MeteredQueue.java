package orders.bootstrap.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import orders.application.port.Claim;
import orders.application.port.Lease;
import orders.application.port.Recorded;
import orders.application.port.WorkQueue;
import orders.domain.Move;
import orders.domain.Order;

/// Counts what this node's workers do to orders, and how they come by them.
///
/// A write whose outcome was not told at first is counted if a later try tells that it happened,
/// and missing if none does.
final class MeteredQueue implements WorkQueue {
  private final WorkQueue queue;
  private final EventMeters events;
  private final Counter claimed;
  private final Counter lost;

  MeteredQueue(WorkQueue queue, EventMeters events, MeterRegistry registry) {
    this.queue = queue;
    this.events = events;
    this.claimed =
        Counter.builder("orders.claimed")
            .description("Orders that this node took out of the database to work on")
            .register(registry);
    this.lost =
        Counter.builder("orders.leases.lost")
            .description("Leases that could not be renewed since others had them")
            .register(registry);
  }

  @Override
  public List<Claim> claim(int max) {
    List<Claim> claims = queue.claim(max);
    claimed.increment(claims.size());
    return claims;
  }

  @Override
  public Recorded record(Lease lease, Move.Made move, Optional<Duration> releaseFor) {
    Recorded recorded = queue.record(lease, move, releaseFor);
    if (recorded instanceof Recorded.Done) {
      events.happened(move.facts());
    }
    return recorded;
  }

  @Override
  public Optional<Order> held(Lease lease) {
    return queue.held(lease);
  }

  @Override
  public boolean postpone(Lease lease, Duration delay, Obstacle obstacle) {
    return queue.postpone(lease, delay, obstacle);
  }

  @Override
  public List<Lease> renew(Collection<Lease> leases) {
    List<Lease> gone = queue.renew(leases);
    lost.increment(gone.size());
    return gone;
  }

  @Override
  public void release(Collection<Lease> leases) {
    queue.release(leases);
  }
}
