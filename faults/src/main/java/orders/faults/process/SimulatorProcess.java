package orders.faults.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/// The partner simulator, started from its jar as a process of its own. Closing it kills it. Safe
/// from any thread.
public final class SimulatorProcess implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("simulator is ready on (http://\\S+)");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final JavaProcess process;
  private final URI address;

  private SimulatorProcess(JavaProcess process, URI address) {
    this.process = process;
    this.address = address;
  }

  /// Returns once it is ready.
  ///
  /// @param jar its libraries beside it
  /// @param journal the file in which it remembers; its log goes beside it
  /// @param environment how it behaves at first
  public static SimulatorProcess start(Path jar, Path journal, Map<String, String> environment)
      throws InterruptedException {
    Map<String, String> settings =
        new HashMap<>(Map.of("PORT", "0", "JOURNAL", journal.toString()));
    settings.putAll(environment);
    CompletableFuture<URI> ready = new CompletableFuture<>();
    JavaProcess process =
        JavaProcess.launch(
            "partner simulator",
            jar,
            List.of(),
            settings,
            journal.resolveSibling("partners.log"),
            Map.of(READY, ready));
    try {
      return new SimulatorProcess(process, process.await(ready, "get ready"));
    } catch (InterruptedException | AssertionError e) {
      process.end();
      throw e;
    }
  }

  /// What has a server ask it.
  public Map<String, String> settings() {
    return Map.of(
        "PARTNERS", "http",
        "CONFIRMATION_URL", address + "/confirmation",
        "PAYMENT_URL", address + "/payment",
        "DELIVERY_URL", address + "/delivery");
  }

  /// Changes how a partner behaves from now on.
  ///
  /// @param change a JSON object of what changes
  public void behave(String step, String change) throws IOException, InterruptedException {
    send(
        HttpRequest.newBuilder(address.resolve("/" + step + "/behaviour"))
            .PUT(BodyPublishers.ofString(change)));
  }

  /// Every call it got, as it took effect.
  public List<PartnerCall> calls() throws IOException, InterruptedException {
    return callsAfter(0);
  }

  /// @param n the number of a call
  public List<PartnerCall> callsAfter(long n) throws IOException, InterruptedException {
    List<PartnerCall> calls = new ArrayList<>();
    JsonNode page;
    do {
      long last = calls.isEmpty() ? n : calls.getLast().n();
      page = get("/calls?after=" + last).get("data");
      page.forEach(call -> calls.add(PartnerCall.of(call)));
    } while (!page.isEmpty());
    return calls;
  }

  /// The sum of all payments done and not taken back, in the smallest unit of `currency`.
  public long moneyHeld(String currency) throws IOException, InterruptedException {
    return get("/ledger").path("payment").path("money_held").path(currency).asLong();
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(address.resolve(path)));
  }

  private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
    if (response.statusCode() != 200) {
      throw new IOException(
          "the partner simulator answered %d: %s"
              .formatted(response.statusCode(), JSON.readTree(response.body())));
    }
    return JSON.readTree(response.body());
  }

  @Override
  public void close() {
    process.end();
  }
}
