package orders.bootstrap;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import orders.postgres.DatabaseAddress;
import orders.postgres.Sharing;

/// A run from which the JVM can learn what starting and serving takes, for an AOT cache: a server
/// takes some orders, completes them, and stops.
///
/// It reads no settings: it places its orders where its caller names, never where real ones are.
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

  /// @param database the URL of one, or a directory for an embedded one; it keeps the orders
  /// @throws CannotStart if it did not go as it should, and so teaches nothing
  static void run(String database) throws CannotStart, InterruptedException {
    OrdersServer server = OrdersServer.start(settings(database), Sharing.USUAL);
    if (server.becomeReady()) {
      try {
        new Training(URI.create(server.address())).placeAndRead();
      } catch (IOException e) {
        throw new CannotStart("The training failed: " + e.getMessage(), e);
      } finally {
        server.stop(SHUTDOWN);
      }
    }
  }

  private static Settings settings(String database) throws CannotStart {
    boolean isUrl = DatabaseAddress.parse(database).isPresent();
    try {
      return Settings.read(
          Map.of(
              "PORT",
              "0",
              isUrl ? "DATABASE_URL" : "DATA_DIR",
              database,
              "SIMULATED_CONFIRMATION_MS",
              "0",
              "SIMULATED_PAYMENT_MS",
              "0",
              "SIMULATED_DELIVERY_MS",
              "0"));
    } catch (InvalidSettings e) {
      throw new CannotStart(e.toString(), e);
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
    send(request("/metrics"), 200);
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
