package orders.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import orders.faults.client.Storefront;
import orders.faults.process.Proxy;
import orders.faults.process.ServerProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server whose database is not there yet comes up all the same, says so, and gets ready by
/// itself.
final class StartWithoutDatabaseIT {
  private static final String ORDER =
      """
      {"customer_id": "me", "items": [{"sku": "pizza", "quantity": 2, "unit_price": 1250}]}\
      """;

  @TempDir private Path directory;

  private final HttpClient http = HttpClient.newHttpClient();

  private ServerProcess launch(String name, Map<String, String> environment) {
    return ServerProcess.launch(Project.JAR, directory.resolve(name), environment);
  }

  /// Nobody listens on port 1.
  private ServerProcess launchWithoutDatabase(Map<String, String> more) {
    Map<String, String> environment =
        new HashMap<>(Map.of("DATABASE_URL", "postgresql://orders:secret@127.0.0.1:1/orders"));
    environment.putAll(more);
    return launch("none", environment);
  }

  private HttpResponse<String> place(URI server) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(server.resolve("/orders"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(ORDER))
            .build(),
        BodyHandlers.ofString());
  }

  private static String linesWith(ServerProcess server, String text) {
    return String.join("\n", server.output().lines().filter(line -> line.contains(text)).toList());
  }

  @Test
  void itIsAliveButNotReadyAndSaysWhyInOneLine() throws Exception {
    try (ServerProcess server = launchWithoutDatabase(Map.of())) {
      URI address = server.awaitListening();
      Storefront storefront = new Storefront(address);
      assertThat(storefront.get("/health/live").status()).isEqualTo(200);
      Storefront.Answer ready = storefront.get("/health/ready");
      assertThat(ready.status()).isEqualTo(503);
      assertThat(ready.body().get("detail").asText()).isEqualTo("The database cannot be reached.");
      HttpResponse<String> refused = place(address);
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.headers().firstValue("Retry-After")).isPresent();
      assertThat(new ObjectMapper().readTree(refused.body()).get("detail").asText())
          .contains("Nothing was changed");
      assertThat(linesWith(server, "waits for the database"))
          .isEqualTo(
              "Orders listens on "
                  + address
                  + " and waits for the database orders@127.0.0.1:1/orders: Connection refused");
      server.terminate();
      assertThat(server.awaitExit()).isZero();
      assertThat(server.output())
          .contains("Stopped")
          .doesNotContain("secret", "ERROR", "java.", "\tat ", "is ready on");
    }
  }

  @Test
  void itGetsReadyByItselfWhenTheDatabaseComes() throws Exception {
    Map<String, String> endlessStep =
        Map.of(
            "SIMULATED_CONFIRMATION_MS", "3600000",
            "STEP_TIMEOUT_SECONDS", "3600",
            "LEASE_SECONDS", "2");
    try (ServerProcess owner = launch("owner", endlessStep)) {
      String left = new Storefront(owner.awaitReady()).place(ORDER).body().get("id").asText();
      // Its embedded database goes on, with an order that nobody works on.
      owner.kill();
      try (Proxy network = refusingEverybody(owner.postgresPort());
          ServerProcess server = launchThrough(network)) {
        URI address = server.awaitListening();
        assertThat(place(address).statusCode()).isEqualTo(503);
        network.heal();
        assertThat(server.awaitReady()).isEqualTo(address);
        Storefront storefront = new Storefront(address);
        assertThat(storefront.get("/health/ready").status()).isEqualTo(200);
        assertThat(storefront.place(ORDER).status()).isEqualTo(201);
        Checks checks = new Checks(storefront);
        checks.awaitAllEnded();
        assertThat(checks.allOrders()).hasSize(2).containsKey(left);
        assertThat(linesWith(server, "waits for the database")).hasLineCount(1);
        assertThat(linesWith(server, "can be used now")).hasLineCount(1);
        server.terminate();
        assertThat(server.awaitExit()).isZero();
      }
    }
  }

  private static Proxy refusingEverybody(int port) throws IOException {
    Proxy network = new Proxy(port);
    network.refuse();
    return network;
  }

  private ServerProcess launchThrough(Proxy network) {
    String url = "postgresql://postgres@127.0.0.1:" + network.port() + "/postgres";
    return launch(
        "late",
        Map.of(
            "DATABASE_URL", url,
            "SIMULATED_CONFIRMATION_MS", "20",
            "SIMULATED_PAYMENT_MS", "20",
            "SIMULATED_DELIVERY_MS", "20"));
  }

  @Test
  void aTakenPortIsNamedAllTheSame() throws Exception {
    try (ServerProcess one = launchWithoutDatabase(Map.of())) {
      String port = String.valueOf(one.awaitListening().getPort());
      try (ServerProcess other = launchWithoutDatabase(Map.of("PORT", port))) {
        assertThat(other.awaitExit()).isEqualTo(1);
        assertThat(other.output()).contains(port).doesNotContain("\tat ", "waits");
      }
    }
  }
}
