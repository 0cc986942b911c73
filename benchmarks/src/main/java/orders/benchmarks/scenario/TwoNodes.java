package orders.benchmarks.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import orders.benchmarks.audit.Audit;
import orders.benchmarks.driver.Load;
import orders.faults.process.ServerProcess;

/// Whether a second node on the same machine and database does harm.
final class TwoNodes implements Scenario {
  static final String ONE = "one node";
  static final String TWO = "two nodes";

  @Override
  public String explanation() {
    return
"""
    As `place` and as `complete`, on one server and on two that share the database and the \
    machine; the connections are divided among them. Everybody is warmed up for twice as long as \
elsewhere: each of two gets half of the load, on half of the processors, to compile its code by.\
""";
  }

  @Override
  public void run(Lab lab) throws Exception {
    Contender contender = lab.settings().contenders().getFirst();
    try (Store placing = lab.store();
        Store completing = lab.store()) {
      rounds(lab, placing, () -> lab.launch(contender, placing, Place.PLACING_ONLY), true);
      rounds(lab, completing, () -> lab.launch(contender, completing, Map.of()), false);
    }
  }

  /// Starts one more server.
  private interface Launch {
    ServerProcess launch();
  }

  private static void rounds(Lab lab, Store store, Launch launch, boolean placing)
      throws Exception {
    // A server alone, and two that are never without each other: an idle third would take nothing
    // but memory when it only places, and would claim the work of the others when it completes.
    for (int round = 1; round <= lab.settings().rounds(); round++) {
      try (ServerProcess one = launch.launch()) {
        measure(lab, store, List.of(one), ONE, placing);
      }
      try (ServerProcess one = launch.launch();
          ServerProcess two = launch.launch()) {
        measure(lab, store, List.of(one, two), TWO, placing);
      }
    }
  }

  private static void measure(
      Lab lab, Store store, List<ServerProcess> servers, String who, boolean placing)
      throws Exception {
    store.clear();
    Duration warmUp = lab.warmUp().multipliedBy(2);
    if (!placing) {
      Complete.measure(lab, "two-nodes", who, store, servers, warmUp);
      return;
    }
    int connections = lab.settings().connections().getFirst();
    Measurement taken =
        Measurement.take(lab, store, servers, Load.closed(connections, warmUp, lab.measured()));
    Audit.check(store.sql(), Audit.Expected.PLACED, List.of(taken.outcome().acknowledged()));
    lab.results().add("two-nodes", who, Measurement.PLACED, taken.outcome().createdPerSecond());
  }
}
