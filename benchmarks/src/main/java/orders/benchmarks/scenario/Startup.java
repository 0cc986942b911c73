package orders.benchmarks.scenario;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import orders.benchmarks.driver.TwoLineOrders;
import orders.faults.process.Patience;
import orders.faults.process.ServerProcess;

/// How soon a server that is launched has placed its first order.
final class Startup implements Scenario {
  static final String FIRST_201 = "ms from launch to first 201";
  static final String WITHOUT_CACHE = "own database";
  static final String WITH_CACHE = "own database, AOT cache";

  private static final Map<String, String> SETTINGS =
      Map.of(
          "PARTNERS", "simulated",
          "SIMULATED_CONFIRMATION_MS", "0",
          "SIMULATED_PAYMENT_MS", "0",
          "SIMULATED_DELIVERY_MS", "0");

  @Override
  public String explanation() {
    return """
    A server with its own PostgreSQL, whose files are there and whose schema is current, from \
    the launch of its process to the first 201: asked every 5 ms from when it listens. With \
    the AOT cache that `AOT_CACHE` names and without, in turn.\
    """;
  }

  @Override
  public void run(Lab lab) throws Exception {
    Contender contender = lab.settings().contenders().getFirst();
    Path data = lab.settings().directory().resolve("startup");
    String body = TwoLineOrders.read(lab.settings().samples()).getFirst();
    try (HttpClient http = HttpClient.newHttpClient()) {
      // Brings the database about, and the classes of this client.
      var _ = millisToFirst201(lab, contender, data, http, body, List.of());
      for (int round = 1; round <= lab.settings().rounds() + 2; round++) {
        lab.results()
            .add(
                "startup",
                WITHOUT_CACHE,
                FIRST_201,
                millisToFirst201(lab, contender, data, http, body, List.of()));
        Optional<Path> cache = lab.settings().aotCache();
        if (cache.isPresent()) {
          List<String> options = List.of("-XX:AOTCache=" + cache.get());
          lab.results()
              .add(
                  "startup",
                  WITH_CACHE,
                  FIRST_201,
                  millisToFirst201(lab, contender, data, http, body, options));
        }
      }
    }
  }

  private static double millisToFirst201(
      Lab lab, Contender contender, Path data, HttpClient http, String body, List<String> options)
      throws Exception {
    long launched = System.nanoTime();
    try (ServerProcess server =
        ServerProcess.launch(contender.jar(), data, SETTINGS, lab.withUsual(options))) {
      lab.remember(server);
      URI orders = server.awaitListening().resolve("/orders");
      HttpRequest request =
          HttpRequest.newBuilder(orders)
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(body))
              .build();
      Patience.until(
          () -> http.send(request, BodyHandlers.discarding()).statusCode() == 201,
          () -> "the first 201");
      double millis = (System.nanoTime() - launched) / 1e6;
      server.terminate();
      var _ = server.awaitExit();
      return millis;
    }
  }
}
