package orders.application.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.LongStream;
import orders.domain.Status;
import org.junit.jupiter.api.Test;

/// The promises, over thousands of simulated lives of the system. `-Dsimulation.seed=N` lives one
/// of them again; `-Dsimulation.seeds=N` lives more.
final class SimulationTest {
  private static final long SEEDS = Long.getLong("simulation.seeds", 5_000);

  @Test
  void noSeedBreaksAPromise() {
    Map<Status, Integer> ends = new EnumMap<>(Status.class);
    long refusedCancels = 0;
    long[] seeds =
        System.getProperty("simulation.seed") == null
            ? LongStream.range(0, SEEDS).toArray()
            : new long[] {Long.getLong("simulation.seed")};
    for (long seed : seeds) {
      World world = new World(seed);
      try {
        world.live();
      } catch (AssertionError e) {
        throw new AssertionError("-Dsimulation.seed=" + seed + " breaks a promise: " + e, e);
      }
      world.ends().forEach((status, count) -> ends.merge(status, count, Integer::sum));
      refusedCancels += world.refusedCancels();
    }
    if (seeds.length > 1) {
      // Without these, the test could have proved its point on lives in which nothing happens.
      assertThat(ends).containsOnlyKeys(Status.COMPLETED, Status.FAILED, Status.CANCELLED);
      assertThat(ends.values()).allMatch(count -> count > seeds.length / 10);
      assertThat(refusedCancels).isPositive();
    }
  }
}
