package orders.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A client of the HTTP API. Safe from any thread.
public final class Storefront {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI server;

  public Storefront(URI server) {
    this.server = server;
  }

  /// @param body missing if the answer had none
  public record Answer(int status, JsonNode body) {}

  /// @throws IOException if there was no answer: what came of the request is then unknown
  public Answer place(String order) throws IOException, InterruptedException {
    return send(
        request("/orders")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(order)));
  }

  public Answer get(String path) throws IOException, InterruptedException {
    return send(request(path));
  }

  /// Every order there is, newest first, read page by page.
  public List<JsonNode> list(String query) throws IOException, InterruptedException {
    List<JsonNode> orders = new ArrayList<>();
    String cursor = "";
    do {
      Answer page = get("/orders?limit=200" + query + cursor);
      if (page.status() != 200) {
        throw new IOException("listing answered " + page);
      }
      page.body().get("data").forEach(orders::add);
      cursor = "&cursor=" + page.body().get("next_cursor").asText();
    } while (!cursor.equals("&cursor=null"));
    return orders;
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(server.resolve(path)).timeout(PATIENCE);
  }

  private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
    return new Answer(response.statusCode(), JSON.readTree(response.body()));
  }
}
