package orders.bootstrap.metrics;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import orders.postgres.CommitMonitor;

/// How many calls share a commit, and how long it takes.
final class CommitMeters implements CommitMonitor {
  private final MeterRegistry registry;

  CommitMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public Kind kind(String name) {
    DistributionSummary size =
        DistributionSummary.builder("orders.commit.batch.size")
            .description("Calls that shared a commit")
            .tag("kind", name)
            .serviceLevelObjectives(Buckets.CALLS)
            .register(registry);
    Timer duration =
        Timer.builder("orders.commit.duration")
            .description("Shared commits, and how long each took")
            .tag("kind", name)
            .serviceLevelObjectives(Buckets.COMMIT)
            .register(registry);
    return (calls, nanos) -> {
      size.record(calls);
      duration.record(nanos, TimeUnit.NANOSECONDS);
    };
  }
}
