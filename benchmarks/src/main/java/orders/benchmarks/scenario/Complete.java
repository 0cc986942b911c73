package orders.benchmarks.scenario;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import orders.benchmarks.audit.Audit;
import orders.benchmarks.driver.Load;
import orders.benchmarks.driver.Outcome;
import orders.benchmarks.measure.Meter;
import orders.benchmarks.report.Results;
import orders.faults.process.ServerProcess;

/// How many orders a second go all the way, placing included.
final class Complete implements Scenario {
  private static final int MEASURES = 4;

  @Override
  public String explanation() {
    return """
    Orders are placed through HTTP and completed, three recorded steps each, by partners that \
    answer at once, for four times as long as other parts. The driver counts the rows of work \
    every 10 ms and lets no more orders in than keep `IN_PROGRESS` of them live, so that \
    the backlog does not grow; afterwards every order must be completed. Completed orders are \
    the rows of `ended`, counted at the begin and at the end of the measured time.\
    """;
  }

  @Override
  public void run(Lab lab) throws Exception {
    Map<Contender, Store> stores = new LinkedHashMap<>();
    Map<Contender, ServerProcess> servers = new HashMap<>();
    for (Contender contender : lab.settings().contenders()) {
      Store store = lab.store();
      stores.put(contender, store);
      servers.put(contender, lab.launch(contender, store, Map.of()));
    }
    for (int round = 1; round <= lab.settings().rounds(); round++) {
      Duration warmUp = round == 1 ? lab.warmUp() : Place.shorter(lab.warmUp());
      for (Map.Entry<Contender, Store> entry : stores.entrySet()) {
        ServerProcess server = servers.get(entry.getKey());
        if (server != null) {
          entry.getValue().clear();
          measure(
              lab, "complete", entry.getKey().words(), entry.getValue(), List.of(server), warmUp);
        }
      }
    }
    for (ServerProcess server : servers.values()) {
      server.close();
    }
    for (Store store : stores.values()) {
      lab.drop(store);
    }
  }

  /// On a store that holds no live orders.
  static void measure(
      Lab lab, String part, String who, Store store, List<ServerProcess> servers, Duration warmUp)
      throws Exception {
    Results results = lab.results();
    int bound = lab.settings().inProgress();
    int connections = lab.settings().connections().getFirst();
    Measurement taken;
    long most;
    try (Backlog backlog = new Backlog(store, bound)) {
      Load load =
          new Load(
              new Load.Pace.Closed(backlog),
              connections,
              warmUp,
              lab.measured().multipliedBy(part.equals("complete") ? MEASURES : 1));
      taken = Measurement.take(lab, store, servers, load);
      most = backlog.most();
    }
    if (most > 2L * bound + connections) {
      throw new IllegalStateException(most + " orders were live at once");
    }
    Outcome outcome = taken.outcome();
    results.add(part, who, Measurement.COMPLETED, taken.endedPerSecond());
    results.add(part, who, "most orders live at once", (double) most);
    results.add(part, who, "POST p99 ms", outcome.latencyMillis(99));
    taken.addRefused(results, part, who);
    Measurement.addCosts(results, part, who, taken.spent(), taken.ended());
    store.awaitAllEnded();
    Audit.checkAcknowledged(store.sql(), Audit.Expected.COMPLETED, outcome.acknowledged());
    Meter.hotShare(store.sql())
        .ifPresent(share -> results.add(part, who, "HOT share of work's updates", share));
  }
}
