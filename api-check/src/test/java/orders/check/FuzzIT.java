package orders.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import orders.faults.process.ServerProcess;
import orders.http.contract.Contract;
import orders.http.fuzz.Fuzzing;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// P9, and the API's document: whatever the packaged server is asked, by several at once, it
/// answers as documented, and never fails.
///
/// For `FUZZ_SECONDS` (10 unless set), half of them with tokens and accounts. The requests are the
/// same each time, unless `FUZZ_SEED` makes others: a build should not fail for what nobody
/// changed.
final class FuzzIT {
  private static final Path JAR = Path.of("../bootstrap/target/orders.jar");
  private static final int CLIENTS = 3;

  /// Some orders go through, some fail, and some take long enough to be cancelled.
  private static final Map<String, String> PARTNERS =
      Map.of(
          "SIMULATED_CONFIRMATION_MS", "200",
          "SIMULATED_PAYMENT_MS", "0",
          "SIMULATED_DELIVERY_MS", "0",
          "SIMULATED_DECLINE_RATE", "0.3");

  /// Not there without accounts.
  private static final List<String> ACCOUNTS =
      List.of("/auth/register", "/auth/login", "/auth/accounts");

  private static long setting(String name, long byDefault) {
    String given = System.getenv(name);
    return given == null || given.isBlank() ? byDefault : Long.parseLong(given);
  }

  private static String documentOf(URI server) throws IOException {
    try (InputStream document = server.resolve("/openapi.json").toURL().openStream()) {
      return new String(document.readAllBytes(), UTF_8);
    }
  }

  private static final String PASSWORD = "correct horse battery";
  private static final Map<String, String> TOKENS =
      Map.of(
          "JWT_SECRET", "a secret of thirty-two bytes or more",
          "OPERATOR_EMAIL", "root@example.com",
          "OPERATOR_PASSWORD", PASSWORD);

  /// The operator's, without whom much could not be asked.
  private static String logIn(URI server) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      String body = "{\"email\":\"root@example.com\",\"password\":\"" + PASSWORD + "\"}";
      String answer =
          client
              .send(
                  HttpRequest.newBuilder(server.resolve("/auth/login"))
                      .header("Content-Type", "application/json")
                      .POST(BodyPublishers.ofString(body))
                      .build(),
                  BodyHandlers.ofString())
              .body();
      return new ObjectMapper().readTree(answer).get("token").asText();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whateverIsAskedIsAnsweredAsDocumented(boolean withTokens, @TempDir Path directory)
      throws Exception {
    long seed = setting("FUZZ_SEED", 1);
    System.out.println("FUZZ_SEED=" + seed);
    Map<String, String> settings = new HashMap<>(PARTNERS);
    settings.putAll(withTokens ? TOKENS : Map.of());
    try (ServerProcess server = ServerProcess.launch(JAR, directory, settings)) {
      URI address = server.awaitReady();
      Optional<String> token = withTokens ? Optional.of(logIn(address)) : Optional.empty();
      Contract contract = Contract.of(documentOf(address));
      long end = System.nanoTime() + Duration.ofSeconds(setting("FUZZ_SECONDS", 10)).toNanos() / 2;
      List<Fuzzing> clients = new ArrayList<>();
      List<CompletableFuture<Map<Integer, Integer>>> runs = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        Fuzzing client =
            new Fuzzing(
                contract,
                address,
                seed + i,
                operation -> withTokens || !ACCOUNTS.contains(operation.path()),
                token);
        clients.add(client);
        runs.add(run(server, client, () -> System.nanoTime() >= end));
      }
      Map<Integer, Integer> statuses = new TreeMap<>();
      runs.forEach(run ->
          run.join().forEach((status, count) -> statuses.merge(status, count, Integer::sum)));
      System.out.println(statuses);
      assertThat(clients.stream().flatMap(client -> client.flaws().stream()))
          .as("FUZZ_SEED=" + seed)
          .isEmpty();
      assertThat(statuses).containsKeys(200, 201, 202, 400, 404, 405, 422);
      assertThat(statuses.containsKey(401)).isEqualTo(withTokens);
      assertThat(server.isAlive()).isTrue();
      assertThat(server.output()).doesNotContain(" ERROR ", "Exception");
    }
  }

  private static CompletableFuture<Map<Integer, Integer>> run(
      ServerProcess server, Fuzzing client, BooleanSupplier enough) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return client.run(enough);
          } catch (IOException e) {
            throw new UncheckedIOException("alive: " + server.isAlive() + server.output(), e);
          }
        },
        task -> Thread.ofPlatform().start(task));
  }
}
