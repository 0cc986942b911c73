package orders.benchmarks.scenario;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import orders.benchmarks.audit.Audit;
import orders.benchmarks.control.JdbcOutcome;
import orders.benchmarks.control.MemoryServer;
import orders.benchmarks.control.PgBench;
import orders.benchmarks.control.PlainJdbc;
import orders.benchmarks.driver.Driver;
import orders.benchmarks.driver.Load;
import orders.benchmarks.driver.Outcome;
import orders.benchmarks.driver.Waiting;
import orders.benchmarks.measure.Meter;
import orders.benchmarks.report.Results;
import orders.faults.process.ServerProcess;

/// How many orders a second are placed durably through HTTP, and how many PostgreSQL stores in
/// transactions of their own.
final class Place implements Scenario {
  /// One worker, whose partner takes an hour: all other orders wait in the database.
  static final Map<String, String> PLACING_ONLY =
      Map.of("WORKERS", "1", "QUEUE_CAPACITY", "1", "SIMULATED_CONFIRMATION_MS", "3600000");

  /// Of all ways of plain JDBC in the first round, how many go on.
  private static final int BEST_JDBC = 3;

  private static final int CONNECTIONS_TO_WARM_UP = 32;

  /// Processor time of a process that ended counts once its parent has noticed.
  private static final Duration FOR_BACKENDS_TO_END = Duration.ofMillis(500);

  private static final List<Integer> PGBENCH_CLIENTS = List.of(32, 64);

  /// For processes that are warm after their first round.
  private static final Duration SHORT_WARM_UP = Duration.ofSeconds(2);

  @Override
  public String explanation() {
    return """
    Two-line orders, closed loop: each connection sends the next `POST /orders` as soon as it \
    has its 201. The server runs with one worker whose partner takes an hour, so that what is \
    measured is placing alone: all other orders are left unclaimed in the database, which is \
    where they wait for a worker in any case. Plain JDBC and `pgbench` store the same rows \
    (order, two lines, event, work) in the same tables with the same indexes, one order per \
    transaction and round trip, prepared. Of plain JDBC all ways are measured in the first \
    round and the best three in all. The tables are emptied, vacuumed and a checkpoint is made \
    before each measurement. “Javalin answering from memory” is HTTP and the driver alone.\
    """;
  }

  @Override
  public void run(Lab lab) throws Exception {
    Map<Contender, ServerProcess> servers = new LinkedHashMap<>();
    Map<Contender, Store> stores = new HashMap<>();
    for (Contender contender : lab.settings().contenders()) {
      Store store = lab.store();
      stores.put(contender, store);
      servers.put(contender, lab.launch(contender, store, PLACING_ONLY));
    }
    Store controls = lab.store();
    Optional<PgBench> pgBench = lab.pgBench();
    try (PlainJdbc jdbc = lab.plainJdbc(controls);
        MemoryServer memory = lab.memoryServer()) {
      // Whichever way comes first must not pay for the JVM's start.
      for (String form : PlainJdbc.forms()) {
        var _ = jdbc.run(form, CONNECTIONS_TO_WARM_UP, Duration.ZERO, lab.warmUp());
      }
      List<JdbcWay> ways = JdbcWay.all(lab.settings().controlConnections());
      for (int round = 1; round <= lab.settings().rounds(); round++) {
        Duration warmUp = round == 1 ? lab.warmUp() : shorter(lab.warmUp());
        for (int connections : lab.settings().connections()) {
          for (Map.Entry<Contender, ServerProcess> server : servers.entrySet()) {
            Store store = stores.get(server.getKey());
            if (store != null) {
              server(lab, store, server.getKey(), server.getValue(), connections, warmUp);
            }
          }
        }
        memory(lab, memory, warmUp);
        ways = jdbc(lab, jdbc, controls, ways);
        if (pgBench.isPresent()) {
          pgBench(lab, pgBench.get(), controls);
        }
      }
    }
    for (ServerProcess server : servers.values()) {
      server.close();
    }
    for (Store store : stores.values()) {
      lab.drop(store);
    }
    lab.drop(controls);
  }

  static Duration shorter(Duration warmUp) {
    return warmUp.compareTo(SHORT_WARM_UP) < 0 ? warmUp : SHORT_WARM_UP;
  }

  private static void server(
      Lab lab,
      Store store,
      Contender contender,
      ServerProcess server,
      int connections,
      Duration warmUp)
      throws Exception {
    String who = contender.words() + ", " + connections + " connections";
    store.clear();
    Measurement taken =
        Measurement.take(
            lab, store, List.of(server), Load.closed(connections, warmUp, lab.measured()));
    Outcome outcome = taken.outcome();
    Results results = lab.results();
    results.add("place", who, Measurement.PLACED, outcome.createdPerSecond());
    results.add("place", who, "POST p99 ms", outcome.latencyMillis(99));
    taken.addRefused(results, "place", who);
    Measurement.addCosts(results, "place", who, taken.spent(), (double) outcome.created());
    Audit.check(store.sql(), Audit.Expected.PLACED, List.of(outcome.acknowledged()));
  }

  private static void memory(Lab lab, MemoryServer memory, Duration warmUp) throws Exception {
    int connections = lab.settings().connections().getFirst();
    Outcome outcome =
        lab.driver()
            .run(
                List.<URI>of(memory.address()),
                Load.closed(connections, warmUp, lab.measured()),
                Driver.Watch.NONE);
    lab.results()
        .add("place", "Javalin answering from memory", "201s/s", outcome.createdPerSecond());
  }

  /// A form and a number of connections.
  private record JdbcWay(String form, int connections) {
    static List<JdbcWay> all(List<Integer> numbers) {
      List<JdbcWay> all = new ArrayList<>();
      for (int connections : numbers) {
        for (String form : PlainJdbc.forms()) {
          all.add(new JdbcWay(form, connections));
        }
      }
      return all;
    }

    String words() {
      return "JDBC, " + form.toLowerCase(Locale.ROOT).replace('_', ' ') + ", " + connections;
    }
  }

  /// @return those that go on
  private static List<JdbcWay> jdbc(Lab lab, PlainJdbc jdbc, Store store, List<JdbcWay> ways)
      throws Exception {
    Map<JdbcWay, Double> rates = new HashMap<>();
    Duration warmUp = shorter(lab.warmUp());
    for (JdbcWay way : ways) {
      store.clear();
      Meter meter = new Meter(store.sql(), List.of(jdbc.pid()));
      meter.begin();
      JdbcOutcome outcome = jdbc.run(way.form(), way.connections(), warmUp, lab.measured());
      Waiting.pass(FOR_BACKENDS_TO_END);
      meter.end();
      double rate = outcome.measured() * 1e9 / lab.measured().toNanos();
      rates.put(way, rate);
      lab.results().add("place", way.words(), Controls.ONE_PER_TRANSACTION, rate);
      Measurement.addCosts(
          lab.results(), "place", way.words(), meter.spent(), (double) outcome.stored());
      Controls.audit(store, outcome.stored());
    }
    return rates.entrySet().stream()
        .sorted(Map.Entry.<JdbcWay, Double>comparingByValue(Comparator.reverseOrder()))
        .limit(BEST_JDBC)
        .map(Map.Entry::getKey)
        .toList();
  }

  private static void pgBench(Lab lab, PgBench pgBench, Store store) throws Exception {
    for (int clients : PGBENCH_CLIENTS) {
      store.clear();
      PgBench.Outcome outcome = pgBench.run(store.url(), clients, lab.measured());
      String who = "pgbench, " + clients;
      lab.results().add("place", who, Controls.ONE_PER_TRANSACTION, outcome.perSecond());
      Controls.audit(store, outcome.stored());
    }
  }
}
