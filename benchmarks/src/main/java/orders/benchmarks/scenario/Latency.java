package orders.benchmarks.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import orders.benchmarks.audit.Audit;
import orders.benchmarks.control.JdbcOutcome;
import orders.benchmarks.control.PgBench;
import orders.benchmarks.control.PlainJdbc;
import orders.benchmarks.driver.Load;
import orders.benchmarks.driver.Outcome;
import orders.benchmarks.report.Results;
import orders.faults.process.ServerProcess;

/// How long a client waits for its 201: at half of what the server can take, and when it is idle.
final class Latency implements Scenario {
  static final double FEW_PER_SECOND = 10;
  static final String HALF = "at half the capacity";
  static final String FEW = "at 10/s";

  @Override
  public String explanation() {
    return """
    Open loop: requests have intended times at random (a Poisson process), and latency counts \
    from the intended time, whether a connection was free then or not. Half the capacity is \
    half of the highest median of `place` in this run, or of a measurement of its own. \
    `pgbench --rate` stores orders at the same rate, its latencies likewise from the intended \
    time. At 10/s the server is compared with one JDBC connection that stores one order and \
    waits. As in `place`, orders are placed and not worked on.\
    """;
  }

  @Override
  public void run(Lab lab) throws Exception {
    Contender contender = lab.settings().contenders().getFirst();
    Store store = lab.store();
    Store controls = lab.store();
    Optional<PgBench> pgBench = lab.pgBench();
    try (ServerProcess server = lab.launch(contender, store, Place.PLACING_ONLY);
        PlainJdbc jdbc = lab.plainJdbc(controls)) {
      double rate = Math.max(FEW_PER_SECOND, capacity(lab, store, server) / 2);
      // As warm as the server is now.
      for (String form : PlainJdbc.forms()) {
        var _ = jdbc.run(form, 32, Duration.ZERO, lab.warmUp());
      }
      for (int round = 1; round <= lab.settings().rounds(); round++) {
        latencies(lab, store, server, contender.words(), HALF, rate);
        if (pgBench.isPresent()) {
          pgBench(lab, pgBench.get(), controls, rate);
        }
        latencies(lab, store, server, contender.words(), FEW, FEW_PER_SECOND);
        alone(lab, jdbc, controls);
      }
    }
    lab.drop(store);
    lab.drop(controls);
  }

  private static double capacity(Lab lab, Store store, ServerProcess server) throws Exception {
    store.clear();
    int connections = lab.settings().connections().getFirst();
    // Also if it is known already: this server must be as warm as that one was.
    Measurement taken =
        Measurement.take(
            lab, store, List.of(server), Load.closed(connections, lab.warmUp(), lab.measured()));
    Audit.check(store.sql(), Audit.Expected.PLACED, List.of(taken.outcome().acknowledged()));
    double here = taken.outcome().createdPerSecond();
    double known = Targets.placed(lab.results()).orElse(here);
    lab.results().add("latency", "rate", "orders/s " + HALF, known / 2);
    return known;
  }

  private static void latencies(
      Lab lab, Store store, ServerProcess server, String who, String load, double rate)
      throws Exception {
    store.clear();
    int connections = rate > FEW_PER_SECOND ? lab.settings().connections().getLast() : 4;
    Measurement taken =
        Measurement.take(
            lab,
            store,
            List.of(server),
            Load.open(rate, connections, Place.shorter(lab.warmUp()), lab.measured()));
    Outcome outcome = taken.outcome();
    Audit.check(store.sql(), Audit.Expected.PLACED, List.of(outcome.acknowledged()));
    Results results = lab.results();
    taken.addRefused(results, "latency", who);
    results.add("latency", who, "p50 ms " + load, outcome.latencyMillis(50));
    results.add("latency", who, "p99 ms " + load, outcome.latencyMillis(99));
    results.add("latency", who, "p99.9 ms " + load, outcome.latencyMillis(99.9));
  }

  private static void pgBench(Lab lab, PgBench pgBench, Store store, double rate) throws Exception {
    store.clear();
    Duration warmUp = Place.shorter(lab.warmUp());
    PgBench.Outcome outcome =
        pgBench.runAt(rate, store.url(), 64, warmUp, lab.measured().plus(warmUp));
    Controls.audit(store, outcome.stored());
    Results results = lab.results();
    results.add("latency", "pgbench --rate", "p50 ms " + HALF, outcome.latencyMillis(50));
    results.add("latency", "pgbench --rate", "p99 ms " + HALF, outcome.latencyMillis(99));
    results.add("latency", "pgbench --rate", "p99.9 ms " + HALF, outcome.latencyMillis(99.9));
  }

  private static void alone(Lab lab, PlainJdbc jdbc, Store store) throws Exception {
    store.clear();
    Duration pause = Duration.ofMillis((long) (1_000 / FEW_PER_SECOND));
    JdbcOutcome outcome = jdbc.alone(pause, Place.shorter(lab.warmUp()), lab.measured());
    Controls.audit(store, outcome.stored());
    lab.results().add("latency", "JDBC, one commit alone", "p50 ms " + FEW, outcome.p50Millis());
    lab.results().add("latency", "JDBC, one commit alone", "p99 ms " + FEW, outcome.p99Millis());
  }
}
