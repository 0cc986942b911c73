package orders.benchmarks.scenario;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import orders.benchmarks.audit.Audit;
import orders.benchmarks.driver.Load;
import orders.benchmarks.driver.Waiting;
import orders.benchmarks.report.Results;
import orders.faults.client.SlowClients;
import orders.faults.client.SlowClients.Kind;
import orders.faults.process.ServerProcess;

/// Whether those who read and write as they should notice those who do not.
final class SlowAndIdle implements Scenario {
  static final String ALONE = "p99 ms, alone";
  static final String BESIDE = "p99 ms, beside slow clients and idle streams";

  /// Of the capacity: what a server that is not busy has to do.
  private static final double LOAD = 0.25;

  private static final List<Kind> CUT = List.of(Kind.HEAD, Kind.BODY, Kind.READER);
  private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f-]+)\"");

  @Override
  public String explanation() {
    return """
    Open loop as in `latency`, at a quarter of what a closed loop reached just before, alone and \
    beside `SLOW_CLIENTS` slow clients and `STREAMS` idle streams by turns. A third of the slow \
    clients each sends a byte of a head, or a byte of a body, or reads 64 bytes of a long answer \
    four times a second, and comes again at once when it is cut. As in `place`, orders are placed \
    and not worked on; the tables stay as they are from one measurement to the next.\
    """;
  }

  @Override
  public void run(Lab lab) throws Exception {
    Contender contender = lab.settings().contenders().getFirst();
    Store store = lab.store();
    try (ServerProcess server = lab.launch(contender, store, Place.PLACING_ONLY)) {
      double rate = Math.max(Latency.FEW_PER_SECOND, LOAD * capacity(lab, store, server));
      lab.results().add("slow-and-idle", "rate", "orders/s", rate);
      // From here on the tables are left as they are: streams outlast their clients until the
      // server
      // says something to them, and their order must not vanish.
      store.clear();
      // Much of the server runs for the first time now, and is compiled meanwhile.
      var _ = beside(lab, store, server, rate);
      for (int round = 1; round <= lab.settings().rounds(); round++) {
        report(lab, contender.words(), ALONE, measure(lab, store, server, rate));
        Beside beside = beside(lab, store, server, rate);
        report(lab, contender.words(), BESIDE, beside.taken());
        lab.results()
            .add(
                "slow-and-idle",
                contender.words(),
                "slow clients cut meanwhile",
                (double) beside.cut());
      }
    }
    lab.drop(store);
  }

  private static double capacity(Lab lab, Store store, ServerProcess server) throws Exception {
    store.clear();
    int connections = lab.settings().connections().getFirst();
    return Measurement.take(
            lab, store, List.of(server), Load.closed(connections, lab.warmUp(), lab.measured()))
        .outcome()
        .createdPerSecond();
  }

  /// @param cut slow clients that the server cut meanwhile
  private record Beside(Measurement taken, long cut) {}

  private static Beside beside(Lab lab, Store store, ServerProcess server, double rate)
      throws Exception {
    Map<Kind, Integer> numbers = new EnumMap<>(Kind.class);
    CUT.forEach(kind -> numbers.put(kind, lab.settings().slowClients() / CUT.size()));
    numbers.put(Kind.STREAM, lab.settings().streams());
    URI address = server.awaitReady();
    try (SlowClients slow = SlowClients.start(address, numbers, placeLarge(address))) {
      while (!slow.areAllThere()) {
        Waiting.pass(Duration.ofMillis(20));
      }
      Measurement taken = measure(lab, store, server, rate);
      long cut = CUT.stream().mapToLong(slow::ended).sum();
      return new Beside(taken, cut);
    }
  }

  private static Measurement measure(Lab lab, Store store, ServerProcess server, double rate)
      throws Exception {
    Measurement taken = Measurement.atRate(rate, lab, store, server);
    // Beside them there is the large order of the slow clients.
    Audit.checkAcknowledged(store.sql(), Audit.Expected.PLACED, taken.outcome().acknowledged());
    return taken;
  }

  private static void report(Lab lab, String who, String what, Measurement taken) {
    Results results = lab.results();
    taken.addRefused(results, "slow-and-idle", who);
    results.add("slow-and-idle", who, what, taken.outcome().latencyMillis(99));
    results.add(
        "slow-and-idle", who, what.replace("p99", "p50"), taken.outcome().latencyMillis(50));
  }

  /// For the streams to follow and the readers to ask for.
  private static String placeLarge(URI address) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      String answer =
          client
              .send(
                  HttpRequest.newBuilder(address.resolve("/orders"))
                      .header("Content-Type", "application/json")
                      .POST(BodyPublishers.ofString(SlowClients.LARGE_ORDER))
                      .build(),
                  BodyHandlers.ofString())
              .body();
      Matcher id = ID.matcher(answer);
      if (!id.find()) {
        throw new IllegalStateException("no order was placed: " + answer);
      }
      return id.group(1);
    }
  }
}
