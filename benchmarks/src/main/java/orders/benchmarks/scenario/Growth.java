package orders.benchmarks.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import orders.application.port.Claim;
import orders.application.port.WorkQueue;
import orders.benchmarks.audit.Audit;
import orders.benchmarks.driver.Load;
import orders.benchmarks.report.Results;
import orders.faults.process.ServerProcess;
import orders.postgres.DatabaseAddress;
import orders.postgres.DatabaseSettings;
import orders.postgres.Node;
import orders.postgres.PostgresDatabase;
import orders.postgres.PostgresWorkQueue;
import org.HdrHistogram.Histogram;

/// What orders that have ended cost those that live.
final class Growth implements Scenario {
  static final String EMPTY = "empty";
  static final String FULL = "with ended orders";
  static final String CLAIM = "claim of 100, p50 ms";

  /// Costs of completing and of placing are named alike.
  private static final String PLACING = "placing only, ";

  private static final int CLAIMED_AT_ONCE = 100;

  /// Of the backlog from which is claimed.
  private static final int CLAIMS = 100;

  @Override
  public String explanation() {
    return """
    As `place` and as `complete`, on a database in which nobody has ever ordered and on one \
    with `ENDED` completed orders, inserted by SQL with the rows that the server would have \
    written. A claim is one of a hundred orders out of ten thousand that wait, through the \
    server's own work queue. What a round adds stays: the tables are not emptied between.\
    """;
  }

  @Override
  public void run(Lab lab) throws Exception {
    Contender contender = lab.settings().contenders().getFirst();
    Store empty = lab.store();
    Store full = lab.store();
    SeededOrders.ended(full, lab.settings().ended());
    for (int round = 1; round <= lab.settings().rounds(); round++) {
      empty.clear();
      full.settle();
      round(lab, contender, empty, EMPTY);
      round(lab, contender, full, FULL);
    }
    lab.drop(empty);
    lab.drop(full);
  }

  private static void round(Lab lab, Contender contender, Store store, String who)
      throws Exception {
    Results results = lab.results();
    int connections = lab.settings().connections().getFirst();
    claims(results, store, who);
    try (ServerProcess server = lab.launch(contender, store, Map.of())) {
      Complete.measure(lab, "growth", who, store, List.of(server), lab.warmUp());
    }
    try (ServerProcess server = lab.launch(contender, store, Place.PLACING_ONLY)) {
      Measurement taken =
          Measurement.take(
              lab, store, List.of(server), Load.closed(connections, lab.warmUp(), lab.measured()));
      results.add("growth", who, Measurement.PLACED, taken.outcome().createdPerSecond());
      Measurement.addCosts(
          results, "growth", PLACING + who, taken.spent(), (double) taken.outcome().created());
      Audit.checkAcknowledged(store.sql(), Audit.Expected.PLACED, taken.outcome().acknowledged());
    }
    // What was only placed must not be worked on in the next round's measured time.
    forget(store);
  }

  private static void claims(Results results, Store store, String who) throws Exception {
    Histogram latencies = new Histogram(Duration.ofMinutes(1).toNanos(), 3);
    SeededOrders.waiting(store, CLAIMED_AT_ONCE * CLAIMS);
    try (PostgresDatabase database =
        new PostgresDatabase(
            DatabaseSettings.of(DatabaseAddress.parse(store.url()).orElseThrow()))) {
      database.migrate();
      WorkQueue queue =
          new PostgresWorkQueue(database, new Node("benchmark", Duration.ofMinutes(1)));
      for (int i = 0; i < CLAIMS; i++) {
        long begin = System.nanoTime();
        List<Claim> claims = queue.claim(CLAIMED_AT_ONCE);
        latencies.recordValue(System.nanoTime() - begin);
        if (claims.isEmpty()) {
          throw new IllegalStateException("there is nothing to claim");
        }
      }
    }
    results.add("growth", who, CLAIM, latencies.getValueAtPercentile(50) / 1e6);
    results.add("growth", who, "claim of 100, p99 ms", latencies.getValueAtPercentile(99) / 1e6);
    forget(store);
  }

  /// Takes live orders away as if they had never been.
  private static void forget(Store store) throws Exception {
    store.sql().execute("delete from orders o using work w where w.order_id = o.id");
    store.sql().execute("delete from events e using work w where w.order_id = e.order_id");
    store.sql().execute("truncate work");
    store.settle();
  }
}
