package orders.benchmarks.scenario;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import orders.benchmarks.driver.Driver;
import orders.benchmarks.driver.Load;
import orders.benchmarks.driver.Outcome;
import orders.benchmarks.measure.Meter;
import orders.benchmarks.measure.Spent;
import orders.benchmarks.report.Results;
import orders.faults.process.ServerProcess;

/// One load on one set of servers, and what it cost.
///
/// @param ended orders that were completed in the measured time
/// @param begunNanos when that began, by `System.nanoTime()`
record Measurement(Outcome outcome, Spent spent, double ended, long begunNanos) {
  static final String PLACED = "durable 201s/s";
  static final String COMPLETED = "completed/s";

  /// What comes of an open loop at `rate` orders a second, on a server that is warm.
  static Measurement atRate(double rate, Lab lab, Store store, ServerProcess server)
      throws Exception {
    int connections = lab.settings().connections().getLast();
    return take(
        lab,
        store,
        List.of(server),
        Load.open(rate, connections, Place.shorter(lab.warmUp()), lab.measured()));
  }

  /// Puts `load` on servers and counts.
  static Measurement take(Lab lab, Store store, List<ServerProcess> servers, Load load)
      throws Exception {
    List<URI> addresses = Lab.addresses(servers);
    Meter meter = new Meter(store.sql(), servers.stream().map(ServerProcess::pid).toList());
    String since = store.now();
    List<Long> ended = new ArrayList<>();
    var begun = new AtomicLong();
    Outcome outcome =
        lab.driver()
            .run(
                addresses,
                load,
                new Driver.Watch() {
                  @Override
                  public void begins() throws Exception {
                    ended.add(store.completedOf(since));
                    meter.begin();
                    begun.set(System.nanoTime());
                  }

                  @Override
                  public void ends() throws Exception {
                    ended.add(store.completedOf(since));
                    meter.end();
                  }
                });
    if (outcome.created() == 0 && outcome.refused() > 0) {
      throw new IllegalStateException("all " + outcome.refused() + " orders were refused");
    }
    return new Measurement(outcome, meter.spent(), ended.getLast() - ended.getFirst(), begun.get());
  }

  double endedPerSecond() {
    return ended * 1e9 / outcome.measured().toNanos();
  }

  /// Adds how many orders were refused, if any were: an answer, but no order.
  void addRefused(Results results, String part, String who) {
    if (outcome.refused() > 0) {
      results.add(part, who, "refused orders", (double) outcome.refused());
    }
  }

  /// Adds what each of so many orders cost.
  static void addCosts(Results results, String part, String who, Spent spent, double orders) {
    if (orders <= 0) {
      return;
    }
    results.add(part, who, "WAL bytes/order", spent.walBytes() / orders);
    results.add(part, who, "WAL syncs/order", spent.walSyncs() / orders);
    results.add(part, who, "CPU µs/order, database", spent.databaseSeconds() * 1e6 / orders);
    results.add(part, who, "CPU µs/order, server", spent.serverSeconds() * 1e6 / orders);
    results.add(part, who, "CPU µs/order, driver", spent.driverSeconds() * 1e6 / orders);
  }
}
