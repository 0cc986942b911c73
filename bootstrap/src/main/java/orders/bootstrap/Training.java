package orders.bootstrap;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import orders.bootstrap.embedded.Trees;

/// A run from which the JVM can learn what starting and serving takes, for an AOT cache: a server
/// on a database of its own takes some orders, completes them, and stops.
///
/// It reads no settings, so that it can never place its orders where real ones are.
final class Training {
  private static final int ORDERS = 200;
  private static final Duration SHUTDOWN = Duration.ofSeconds(20);

  private static final String ORDER =
      """
      {"customer_id": "training", "items": [
        {"sku": "pizza", "name": "Pizza", "quantity": 2, "unit_price": 1250},
        {"sku": "cola", "quantity": 1, "unit_price": 300}]}
      """;

  private final URI server;
  private final HttpClient client = HttpClient.newHttpClient();

  private Training(URI server) {
    this.server = server;
  }

  /// @throws CannotStart if it did not go as it should, and so teaches nothing
  static void run() throws CannotStart, InterruptedException {
    try {
      Path directory = Files.createTempDirectory("orders-training-");
      try {
        train(directory);
      } finally {
        Trees.delete(directory);
      }
    } catch (IOException e) {
      throw new CannotStart("The training failed: " + e.getMessage(), e);
    } catch (InvalidSettings e) {
      throw new IllegalStateException(e);
    }
  }

  private static void train(Path directory)
      throws CannotStart, InvalidSettings, IOException, InterruptedException {
    Map<String, String> settings = new HashMap<>();
    settings.put("PORT", "0");
    settings.put("DATA_DIR", directory.toString());
    for (String step : new String[] {"CONFIRMATION", "PAYMENT", "DELIVERY"}) {
      settings.put("SIMULATED_" + step + "_MS", "0");
    }
    OrdersServer server = OrdersServer.start(Settings.read(settings));
    if (server.becomeReady()) {
      try {
        new Training(URI.create(server.address())).placeAndRead();
      } finally {
        server.stop(SHUTDOWN);
      }
    }
  }

  private void placeAndRead() throws IOException, InterruptedException {
    for (int i = 0; i < ORDERS; i++) {
      String order =
          send(
                  request("/orders")
                      .header("Content-Type", "application/json")
                      .header("Idempotency-Key", "training-" + i)
                      .POST(BodyPublishers.ofString(ORDER)),
                  201)
              .headers()
              .firstValue("Location")
              .orElseThrow();
      send(request(order).header("Prefer", "wait=10"), 200);
      send(request(order + "/events"), 200);
    }
    send(request("/orders?limit=10"), 200);
    send(request("/health/ready"), 200);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(server.resolve(path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request, int expected)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
    if (answer.statusCode() != expected) {
      throw new IOException(answer + " with " + answer.body());
    }
    return answer;
  }
}
