package orders.benchmarks.scenario;

import java.util.List;
import java.util.Map;
import orders.benchmarks.audit.Audit;
import orders.benchmarks.measure.Meter;
import orders.benchmarks.report.Results;
import orders.faults.process.ServerProcess;

/// How fast a server that starts works off what waits in the database.
final class Drain implements Scenario {
  /// From when the server is ready to the end of the last order, by the database's clock, which is
  /// that of this machine.
  private static final String SECONDS =
      """
      select extract(epoch from max(ended_at)) - :ready from ended
      """;

  @Override
  public String explanation() {
    return """
    `BACKLOG` orders, inserted by SQL with the rows that the server would have written, wait in \
    the database. Then a server starts, cold, with partners that answer at once. Counted from \
    its being ready to the end of the last order; the history of each is audited.\
    """;
  }

  @Override
  public void run(Lab lab) throws Exception {
    Store store = lab.store();
    for (int round = 1; round <= lab.settings().rounds(); round++) {
      for (Contender contender : lab.settings().contenders()) {
        store.clear();
        int backlog = lab.settings().backlog();
        SeededOrders.waiting(store, backlog);
        drain(lab, contender, store, backlog);
      }
    }
    lab.drop(store);
  }

  private static void drain(Lab lab, Contender contender, Store store, int backlog)
      throws Exception {
    Results results = lab.results();
    try (ServerProcess server = lab.launch(contender, store, Map.of())) {
      Meter meter = new Meter(store.sql(), List.of(server.pid()));
      meter.begin();
      var _ = server.awaitReady();
      double ready = store.sql().number("select extract(epoch from clock_timestamp())");
      store.awaitAllEnded();
      meter.end();
      double seconds = store.sql().number(SECONDS.replace(":ready", Double.toString(ready)));
      results.add("drain", contender.words(), "drained/s", backlog / seconds);
      Measurement.addCosts(results, "drain", contender.words(), meter.spent(), backlog);
      Audit.check(store.sql(), Audit.Expected.COMPLETED, List.of());
      Meter.hotShare(store.sql())
          .ifPresent(share ->
              results.add("drain", contender.words(), "HOT share of work's updates", share));
    }
  }
}
