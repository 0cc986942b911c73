package orders.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Asks a simulator. Safe from any thread.
final class TestClient {
  static final String ORDER = "01a1fc92-7cd5-7712-8e28-eef0770d1e33";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI simulator;

  TestClient(int port) {
    simulator = URI.create("http://127.0.0.1:" + port);
  }

  record Answered(int status, JsonNode body, Map<String, List<String>> headers) {
    String result() {
      return body.path("result").asText();
    }
  }

  static String key(String order, String step) {
    return order + "/" + step;
  }

  static String body(String order, String step, int attempt) {
    return """
    {"order_id": "%s", "step": "%s", "round": 1, "attempt": %d, "customer_id": "me",
     "merchant_id": "main", "reference": null, "currency": "USD", "total": 2500,
     "items": [{"sku": "pizza", "name": null, "quantity": 2, "unit_price": 1250}]}
    """
        .formatted(order, step, attempt);
  }

  static SimulatorServer server(String seed) throws BadRequest, IOException {
    return SimulatorServer.start(SimulatorSettings.read(Map.of("PORT", "0", "SEED", seed)));
  }

  JsonNode ledger(String step) throws IOException, InterruptedException {
    return get("/ledger").get(step);
  }

  /// Of all calls there were.
  List<String> effects() throws IOException, InterruptedException {
    return get("/calls").get("data").findValuesAsText("effect");
  }

  Answered put(String order, String step, int attempt) throws IOException, InterruptedException {
    return send(
        "PUT",
        "/" + step + "/" + order + "/1",
        body(order, step, attempt),
        "Idempotency-Key",
        key(order, step));
  }

  Answered put(String step) throws IOException, InterruptedException {
    return put(ORDER, step, 1);
  }

  Answered delete(String order, String step) throws IOException, InterruptedException {
    return send("DELETE", "/" + step + "/" + order + "/1", "", "Idempotency-Key", key(order, step));
  }

  Answered delete(String step) throws IOException, InterruptedException {
    return delete(ORDER, step);
  }

  Answered behave(String step, String behaviour) throws IOException, InterruptedException {
    return send("PUT", "/" + step + "/behaviour", behaviour);
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    return send("GET", path, "").body();
  }

  /// @param headers names and values in turn
  Answered send(String method, String path, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(simulator.resolve(path))
            .timeout(Duration.ofSeconds(30))
            .method(method, BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
    return new Answered(
        response.statusCode(), JSON.readTree(response.body()), response.headers().map());
  }
}
