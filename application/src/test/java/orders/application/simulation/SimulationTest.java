package orders.application.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.LongStream;
import orders.domain.Status;
import org.junit.jupiter.api.Test;

/// The promises, over thousands of simulated lives of the system.
///
/// `mvn -pl application -am test -Dtest=SimulationTest -Dsurefire.failIfNoSpecifiedTests=false
/// -DargLine=-Dsimulation.seeds=100000` lives more of them, `-Dsimulation.seed=7` a single one.
final class SimulationTest {
  private static final long SEEDS = Long.getLong("simulation.seeds", 10_000);

  @Test
  void noSeedBreaksAPromise() throws InterruptedException {
    Map<Status, Integer> ends = new EnumMap<>(Status.class);
    long refusedCancels = 0;
    long stale = 0;
    long[] seeds =
        System.getProperty("simulation.seed") == null
            ? LongStream.range(0, SEEDS).toArray()
            : new long[] {Long.getLong("simulation.seed")};
    for (long seed : seeds) {
      World world = live(seed);
      world.ends().forEach((status, count) -> ends.merge(status, count, Integer::sum));
      refusedCancels += world.refusedCancels();
      stale += world.staleWrites();
    }
    if (seeds.length > 1) {
      // Without these, the test could have proved its point on lives in which nothing happens.
      assertThat(ends).containsOnlyKeys(Status.COMPLETED, Status.FAILED, Status.CANCELLED);
      assertThat(ends.values()).allMatch(count -> count > seeds.length / 10);
      assertThat(refusedCancels).isPositive();
      assertThat(stale).isPositive();
    }
  }

  @Test
  void aSeedIsTheSameLifeEachTime() throws InterruptedException {
    for (long seed = 0; seed < 50; seed++) {
      assertThat(live(seed).chronicle()).as("seed %d", seed).isEqualTo(live(seed).chronicle());
    }
  }

  /// On a virtual thread, because handing over between those is much quicker.
  private static World live(long seed) throws InterruptedException {
    World world = new World(seed);
    var life = new FutureTask<>(world::live, null);
    Thread.ofVirtual().start(life);
    try {
      life.get();
      return world;
    } catch (ExecutionException e) {
      throw new AssertionError(
          "-Dsimulation.seed=" + seed + " breaks a promise: " + e.getCause(), e.getCause());
    }
  }
}
