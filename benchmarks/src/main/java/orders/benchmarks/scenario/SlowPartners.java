package orders.benchmarks.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import orders.benchmarks.audit.Audit;
import orders.benchmarks.driver.Driver;
import orders.benchmarks.driver.Load;
import orders.benchmarks.driver.Outcome;
import orders.benchmarks.measure.LiveHeap;
import orders.benchmarks.report.Results;
import orders.faults.process.ServerProcess;

/// What a server does with thousands of orders that wait for their partners.
final class SlowPartners implements Scenario {
  static final String HEAP = "live heap bytes/order in progress";

  /// Of the life of an order, how long partners take.
  private static final Duration PARTNERS_TAKE = Duration.ofMillis(2_500);

  @Override
  public String explanation() {
    return """
    Partners that take 1 s, 0.5 s and 1 s, and `WORKERS` as `SLOW_WORKERS` says, kept busy: the \
    driver lets in no more orders than there are workers. Completed orders are counted as in \
    `complete`. Heap is what is left after a full collection (`jcmd GC.class_histogram`) \
    under load and before any, divided by the orders in progress.\
    """;
  }

  @Override
  public void run(Lab lab) throws Exception {
    Contender contender = lab.settings().contenders().getFirst();
    int workers = lab.settings().slowWorkers();
    Store store = lab.store();
    for (int round = 1; round <= lab.settings().rounds(); round++) {
      store.clear();
      try (ServerProcess server =
          lab.launch(
              contender,
              store,
              Map.of(
                  "WORKERS", Integer.toString(workers),
                  "SIMULATED_CONFIRMATION_MS", "1000",
                  "SIMULATED_PAYMENT_MS", "500",
                  "SIMULATED_DELIVERY_MS", "1000"))) {
        round(lab, contender.words(), store, server, workers);
      }
    }
    lab.drop(store);
  }

  private static void round(Lab lab, String who, Store store, ServerProcess server, int workers)
      throws Exception {
    Results results = lab.results();
    var _ = server.awaitReady();
    long idle = LiveHeap.of(server.pid());
    int connections = lab.settings().connections().getFirst();
    Duration warmUp = lab.warmUp().plus(PARTNERS_TAKE);
    Measurement taken;
    Outcome second;
    try (Backlog backlog = new Backlog(store, workers)) {
      taken =
          Measurement.take(
              lab,
              store,
              List.of(server),
              new Load(new Load.Pace.Closed(backlog), connections, warmUp, lab.measured()));
      // After the measured time, since a full collection holds everything up.
      HeapWatch watch = new HeapWatch(store, server);
      second =
          lab.driver()
              .run(
                  Lab.addresses(List.of(server)),
                  new Load(
                      new Load.Pace.Closed(backlog),
                      connections,
                      PARTNERS_TAKE,
                      Duration.ofSeconds(1)),
                  watch);
      if (watch.inProgress > 0) {
        results.add("slow-partners", who, HEAP, (double) (watch.heap - idle) / watch.inProgress);
        results.add("slow-partners", who, "orders in progress", (double) watch.inProgress);
      }
    }
    results.add("slow-partners", who, Measurement.COMPLETED, taken.endedPerSecond());
    taken.addRefused(results, "slow-partners", who);
    Measurement.addCosts(results, "slow-partners", who, taken.spent(), taken.ended());
    store.awaitAllEnded();
    Audit.check(
        store.sql(),
        Audit.Expected.COMPLETED,
        List.of(taken.outcome().acknowledged(), second.acknowledged()));
  }

  private static final class HeapWatch implements Driver.Watch {
    private final Store store;
    private final ServerProcess server;
    private long heap;
    private long inProgress;

    HeapWatch(Store store, ServerProcess server) {
      this.store = store;
      this.server = server;
    }

    @Override
    public void begins() throws Exception {
      heap = LiveHeap.of(server.pid());
      inProgress = store.live();
    }

    @Override
    public void ends() {}
  }
}
