package orders.benchmarks.scenario;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import orders.benchmarks.audit.Audit;
import orders.benchmarks.driver.Acknowledgements;
import orders.benchmarks.report.Results;
import orders.faults.process.ServerProcess;
import org.HdrHistogram.Histogram;

/// How soon after its 201 an order is worked on.
final class Pickup implements Scenario {
  static final String AFTER_201 = "p99 ms from 201 to the first step's end";

  private static final String FIRST_STEPS =
      """
      select order_id, extract(epoch from at) * 1000000 as micros
      from events where type = 'step_done' and step = 'confirmation' and seq = 2
      """;

  @Override
  public String explanation() {
    return """
    Open loop at half of what `complete` came to, partners that answer at once. From when the \
    client has its 201 to the time of the first step's event, which PostgreSQL takes from this \
    machine's clock when the transaction begins that records the step: after the partner was \
    called and had answered. So it is never less than the time to the first call, and costs \
    nothing to take. An order that was through with its partner before the client had its \
    201 counts as 0.\
    """;
  }

  @Override
  public void run(Lab lab) throws Exception {
    Contender contender = lab.settings().contenders().getFirst();
    Store store = lab.store();
    try (ServerProcess server = lab.launch(contender, store, Map.of())) {
      double rate =
          Math.max(Latency.FEW_PER_SECOND, capacity(lab, contender.words(), store, server) / 2);
      for (int round = 1; round <= lab.settings().rounds(); round++) {
        store.clear();
        round(lab, contender.words(), store, server, rate);
      }
    }
    lab.drop(store);
  }

  private static double capacity(Lab lab, String who, Store store, ServerProcess server)
      throws Exception {
    store.clear();
    Complete.measure(lab, "pickup", who, store, List.of(server), lab.warmUp());
    Results results = lab.results();
    return results
        .summary("complete", who, Measurement.COMPLETED)
        .or(() -> results.summary("pickup", who, Measurement.COMPLETED))
        .orElseThrow()
        .median();
  }

  private static void round(Lab lab, String who, Store store, ServerProcess server, double rate)
      throws Exception {
    Measurement taken = Measurement.atRate(rate, lab, store, server);
    Acknowledgements acknowledged = taken.outcome().acknowledged();
    store.awaitAllEnded();
    Audit.check(store.sql(), Audit.Expected.COMPLETED, List.of(acknowledged));
    Histogram delays = delays(store, acknowledged, taken.begunNanos());
    Results results = lab.results();
    results.add("pickup", who, "orders/s offered", rate);
    results.add("pickup", who, "p50 ms from 201 to the first step's end", millis(delays, 50));
    results.add("pickup", who, AFTER_201, millis(delays, 99));
    results.add("pickup", who, "p99.9 ms from 201 to the first step's end", millis(delays, 99.9));
  }

  private static double millis(Histogram delays, double percentile) {
    return delays.getValueAtPercentile(percentile) / 1e3;
  }

  /// In microseconds, of the orders acknowledged since the measured time began.
  private static Histogram delays(Store store, Acknowledgements acknowledged, long begunNanos)
      throws SQLException {
    Map<UUID, Long> steps = new HashMap<>();
    try (Statement statement = store.sql().connection().createStatement();
        ResultSet rows = statement.executeQuery(FIRST_STEPS)) {
      while (rows.next()) {
        steps.put(rows.getObject("order_id", UUID.class), rows.getLong("micros"));
      }
    }
    long wallClock = micros(Instant.now());
    long nanoTime = System.nanoTime();
    Histogram delays = new Histogram(Duration.ofMinutes(1).toNanos() / 1_000, 3);
    for (int i = 0; i < acknowledged.size(); i++) {
      Long step = steps.get(acknowledged.id(i));
      if (step != null && acknowledged.nanoTime(i) - begunNanos >= 0) {
        long at = wallClock - (nanoTime - acknowledged.nanoTime(i)) / 1_000;
        delays.recordValue(Math.clamp(step - at, 0, delays.getHighestTrackableValue()));
      }
    }
    return delays;
  }

  private static long micros(Instant instant) {
    return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
  }
}
