package orders.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Currency;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import orders.application.fake.InMemoryStore;
import orders.application.fake.ScriptedPartner;
import orders.application.fake.TestNode;
import orders.application.port.Database;
import orders.application.usecase.CheckReadiness;
import orders.application.usecase.FindOrder;
import orders.application.usecase.ListOrders;
import orders.application.usecase.PlaceOrder;
import orders.application.usecase.ReadHistory;
import orders.domain.OrderId;
import orders.http.access.Authentication;
import orders.http.jetty.Limits;

/// The API on a free port, over a store in memory and partners that a test scripts.
final class TestServer implements AutoCloseable {
  static final String GOOD_ORDER =
      """
      {"customer_id": "me", "items": [{"sku": "pizza", "quantity": 2, "unit_price": 1250}]}\
      """;

  final InMemoryStore store = new InMemoryStore();
  volatile Database database = store.database();
  final ScriptedPartner partner = new ScriptedPartner();
  final TestNode node = new TestNode(store, "a", partner.asPartners(), TestNode.pool(8, 8));
  final CheckReadiness readiness =
      new CheckReadiness(() -> this.database.isReachable(), node.dispatcher);
  final UseCases useCases;
  final HttpServer http;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ObjectMapper json = new ObjectMapper();

  TestServer() {
    this(TestNode::newId);
  }

  /// @param ids of the orders that are placed
  TestServer(Supplier<OrderId> ids) {
    this(ids, settings("127.0.0.1"), Observability.NONE, Limits.DEFAULT);
  }

  TestServer(Limits limits, Observability observability) {
    this(TestNode::newId, settings("127.0.0.1"), observability, limits);
  }

  TestServer(Authentication authentication, Observability observability) {
    this(TestNode::newId, settings("127.0.0.1"), authentication, observability, Limits.DEFAULT);
  }

  TestServer(Limits limits) {
    this(settings("127.0.0.1"), limits);
  }

  TestServer(HttpSettings settings, Limits limits) {
    this(TestNode::newId, settings, Observability.NONE, limits);
  }

  private TestServer(
      Supplier<OrderId> ids, HttpSettings settings, Observability observability, Limits limits) {
    this(ids, settings, Authentication.OFF, observability, limits);
  }

  private TestServer(
      Supplier<OrderId> ids,
      HttpSettings settings,
      Authentication authentication,
      Observability observability,
      Limits limits) {
    useCases =
        new UseCases(
            new PlaceOrder(store.orders("a"), node.writes, node.dispatcher, ids),
            new FindOrder(store.queries()),
            node.awaitOrder,
            new ListOrders(store.queries()),
            new ReadHistory(store.queries()),
            node.cancelOrder,
            node.retryOrder,
            readiness);
    http = new HttpServer(useCases, authentication, settings, observability, limits);
    try {
      http.start();
    } catch (HttpServer.CannotListen e) {
      throw new IllegalStateException(e);
    }
  }

  static HttpSettings settings(String host) {
    return settings(host, Duration.ofSeconds(10));
  }

  static HttpSettings settings(String host, Duration stopTimeout) {
    return new HttpSettings(host, 0, Currency.getInstance("USD"), stopTimeout);
  }

  /// @param text the body as it was sent
  record Answer(HttpResponse<byte[]> response, String text, JsonNode json) {
    int status() {
      return response.statusCode();
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }
  }

  RawConnection connect() {
    try {
      return new RawConnection(uri("/").getPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI uri(String path) {
    return URI.create(http.address() + path);
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(60));
  }

  Answer send(HttpRequest.Builder request) {
    try {
      HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
      String text = new String(response.body(), StandardCharsets.UTF_8);
      return new Answer(response, text, json.readTree(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  Answer get(String path, String... headers) {
    HttpRequest.Builder request = request(path);
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  /// Asks without waiting for the answer.
  CompletableFuture<Answer> getLater(String path, String... headers) {
    return CompletableFuture.supplyAsync(
        () -> get(path, headers), task -> Thread.ofVirtual().start(task));
  }

  Answer post(String path, String body) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  /// @return the order's id
  String place() {
    return post("/orders", GOOD_ORDER).json().get("id").asText();
  }

  @Override
  public void close() {
    node.watch.close();
    http.stop();
    node.close();
  }
}
