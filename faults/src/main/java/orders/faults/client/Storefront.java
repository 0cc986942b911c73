package orders.faults.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
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
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();
  private final URI server;
  private final Duration patience;

  public Storefront(URI server) {
    this(server, PATIENCE);
  }

  /// @param patience with one request, until its answer counts as lost
  public Storefront(URI server, Duration patience) {
    this.server = server;
    this.patience = patience;
  }

  public record Answer(int status, HttpHeaders headers, String text) {
    @Override
    public String toString() {
      return status + " " + text;
    }

    /// Missing if the answer had none.
    public JsonNode body() {
      try {
        return JSON.readTree(text);
      } catch (JsonProcessingException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /// @throws IOException if there was no answer: what came of the request is then unknown
  public Answer place(String order) throws IOException, InterruptedException {
    return send(posted(order));
  }

  /// @throws IOException if there was no answer: what came of the request is then unknown
  public Answer place(String order, String key) throws IOException, InterruptedException {
    return send(posted(order).header("Idempotency-Key", key));
  }

  private HttpRequest.Builder posted(String order) {
    return request("/orders")
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(order));
  }

  public Answer cancel(String id) throws IOException, InterruptedException {
    return send(request("/orders/" + id + "/cancel").POST(BodyPublishers.noBody()));
  }

  public Answer retry(String id) throws IOException, InterruptedException {
    return send(request("/orders/" + id + "/retry").POST(BodyPublishers.noBody()));
  }

  public JsonNode order(String id) throws IOException, InterruptedException {
    return found("/orders/" + id).body();
  }

  /// Its history, oldest first.
  public List<JsonNode> events(String id) throws IOException, InterruptedException {
    List<JsonNode> events = new ArrayList<>();
    found("/orders/" + id + "/events").body().get("data").forEach(events::add);
    return events;
  }

  public Answer get(String path) throws IOException, InterruptedException {
    return send(request(path));
  }

  /// Every order that `query` asks for, newest first, read page by page.
  ///
  /// @param query more parameters, each with `&` before it
  /// @throws IOException if it is answered anything but 200, as are all that look for something
  public List<JsonNode> list(String query) throws IOException, InterruptedException {
    List<JsonNode> orders = new ArrayList<>();
    String cursor = "";
    do {
      Answer page = found("/orders?limit=200" + query + cursor);
      page.body().get("data").forEach(orders::add);
      cursor = "&cursor=" + page.body().get("next_cursor").asText();
    } while (!cursor.equals("&cursor=null"));
    return orders;
  }

  /// Whether there is an order that `query` asks for, as for [#list].
  public boolean hasAny(String query) throws IOException, InterruptedException {
    return !found("/orders?limit=1" + query).body().get("data").isEmpty();
  }

  private Answer found(String path) throws IOException, InterruptedException {
    Answer answer = get(path);
    if (answer.status() != 200) {
      throw new IOException("%s was answered %s".formatted(path, answer));
    }
    return answer;
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(server.resolve(path)).timeout(patience);
  }

  private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
    return new Answer(response.statusCode(), response.headers(), response.body());
  }
}
