package orders.benchmarks.scenario;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import orders.application.port.Claim;
import orders.application.port.OrderQueries;
import orders.application.port.OrderQueries.Filter;
import orders.application.port.StoredOrder;
import orders.application.port.WorkQueue;
import orders.benchmarks.audit.Audit;
import orders.benchmarks.driver.Load;
import orders.benchmarks.report.Results;
import orders.domain.OrderId;
import orders.faults.process.ServerProcess;
import orders.postgres.DatabaseAddress;
import orders.postgres.DatabaseSettings;
import orders.postgres.Node;
import orders.postgres.PostgresDatabase;
import orders.postgres.PostgresOrderQueries;
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

  /// Orders that are read, each with a page of others like it.
  private static final int READ = 1_000;

  private static final int LISTED = 50;

  /// Of the backlog from which is claimed.
  private static final int CLAIMS = 100;

  @Override
  public String explanation() {
    return """
    As `place` and as `complete`, on a database in which nobody has ever ordered and on one \
    with `ENDED` completed orders, inserted by SQL with the rows that the server would have \
    written. Read and listed are orders out of ten thousand that wait, through the server's own \
    queries, a page with the newest of a merchant. A claim is one of a hundred, through the \
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
      reads(results, store, who, new PostgresOrderQueries(database));
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

  /// Of live orders, which both databases have alike.
  private static void reads(Results results, Store store, String who, OrderQueries queries)
      throws SQLException {
    Histogram orders = new Histogram(Duration.ofMinutes(1).toNanos(), 3);
    Histogram pages = new Histogram(Duration.ofMinutes(1).toNanos(), 3);
    for (String id : store.sql().rows("select order_id from work limit " + READ)) {
      long begin = System.nanoTime();
      StoredOrder found = queries.find(OrderId.parse(id).orElseThrow()).orElseThrow();
      long read = System.nanoTime();
      if (queries.list(alike(found), Optional.empty(), LISTED).size() < LISTED) {
        throw new IllegalStateException("there is nothing to list");
      }
      pages.recordValue(System.nanoTime() - read);
      orders.recordValue(read - begin);
    }
    results.add("growth", who, "order by id, p50 ms", orders.getValueAtPercentile(50) / 1e6);
    results.add(
        "growth",
        who,
        "page of " + LISTED + " of a merchant, p50 ms",
        pages.getValueAtPercentile(50) / 1e6);
  }

  /// Those of its merchant.
  private static Filter alike(StoredOrder order) {
    return new Filter(
        Optional.empty(),
        false,
        Optional.empty(),
        Optional.of(order.order().purchase().merchant()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /// Takes live orders away as if they had never been.
  private static void forget(Store store) throws Exception {
    store.sql().execute("delete from orders o using work w where w.order_id = o.id");
    store.sql().execute("delete from events e using work w where w.order_id = e.order_id");
    store.sql().execute("truncate work");
    store.settle();
  }
}
