package orders.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
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
import java.util.Optional;
import java.util.OptionalInt;
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
import orders.http.contract.Contract;
import orders.http.contract.Exchange;
import orders.http.jetty.Limits;
import orders.http.limit.LimitSettings;
import orders.http.limit.RateLimits;
import orders.http.limit.TrustedProxies;
import orders.http.stream.StreamSettings;

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

  /// What a server is made of, where it differs from the usual one.
  record Setup(
      Supplier<OrderId> ids,
      Authentication authentication,
      Optional<OwnAccounts> accounts,
      HttpSettings settings,
      Observability observability,
      Tuning tuning) {
    static final Setup USUAL =
        new Setup(
            TestNode::newId,
            Authentication.OFF,
            Optional.empty(),
            TestServer.settings("127.0.0.1"),
            Observability.NONE,
            Tuning.USUAL);

    /// Of the orders that are placed.
    Setup with(Supplier<OrderId> others) {
      return new Setup(others, authentication, accounts, settings, observability, tuning);
    }

    /// With nobody but who can prove who they are.
    Setup with(Authentication other) {
      return new Setup(ids, other, accounts, settings, observability, tuning);
    }

    Setup with(OwnAccounts others) {
      return new Setup(ids, authentication, Optional.of(others), settings, observability, tuning);
    }

    Setup with(HttpSettings others) {
      return new Setup(ids, authentication, accounts, others, observability, tuning);
    }

    Setup with(LimitSettings limits) {
      return with(
          new HttpSettings(
              settings.host(),
              settings.port(),
              settings.defaultCurrency(),
              settings.stopTimeout(),
              limits,
              settings.origins()));
    }

    Setup with(Observability other) {
      return new Setup(ids, authentication, accounts, settings, other, tuning);
    }

    Setup with(Limits limits) {
      return with(tuning.with(limits));
    }

    Setup with(StreamSettings streams) {
      return with(tuning.with(streams));
    }

    private Setup with(Tuning other) {
      return new Setup(ids, authentication, accounts, settings, observability, other);
    }
  }

  TestServer() {
    this(Setup.USUAL);
  }

  TestServer(Limits limits) {
    this(Setup.USUAL.with(limits));
  }

  TestServer(HttpSettings settings, Limits limits) {
    this(Setup.USUAL.with(settings).with(limits));
  }

  TestServer(Setup setup) {
    useCases =
        new UseCases(
            new PlaceOrder(
                store.orders("a"), node.writes, node.watch, node.dispatcher, setup.ids()),
            new FindOrder(store.queries()),
            node.awaitOrder,
            new ListOrders(store.queries()),
            new ReadHistory(store.queries()),
            node.followOrder,
            node.followEvents,
            node.cancelOrder,
            node.retryOrder,
            readiness,
            setup.accounts());
    http =
        new HttpServer(
            useCases,
            setup.authentication(),
            setup.settings(),
            setup.observability(),
            setup.tuning());
    try {
      http.start();
    } catch (HttpServer.CannotListen e) {
      throw new IllegalStateException(e);
    }
  }

  static HttpSettings settings(String host) {
    return settings(host, Duration.ofSeconds(10));
  }

  /// For tests that log in more often than anybody does.
  static final LimitSettings WITHOUT_RATES = limits(OptionalInt.of(0), LimitSettings.MAX_STREAMS);

  static LimitSettings limits(OptionalInt rates, int maxStreams) {
    return new LimitSettings(
        new RateLimits(rates, rates, rates),
        OptionalInt.empty(),
        OptionalInt.empty(),
        maxStreams,
        TrustedProxies.NONE);
  }

  static HttpSettings settings(String host, Duration stopTimeout) {
    return new HttpSettings(host, 0, Currency.getInstance("USD"), stopTimeout);
  }

  /// @param text the body as it was sent
  /// @param json missing if it is something else
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
      HttpRequest built = request.build();
      HttpResponse<byte[]> response = client.send(built, BodyHandlers.ofByteArray());
      String text = new String(response.body(), StandardCharsets.UTF_8);
      check(built, response, text);
      boolean isJson =
          response
              .headers()
              .firstValue("Content-Type")
              .filter(type -> type.contains("json"))
              .isPresent();
      return new Answer(response, text, isJson ? json.readTree(text) : MissingNode.getInstance());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Every exchange of every test comes by here, or by [RawConnection] or [RawHttp].
  private static void check(HttpRequest request, HttpResponse<?> response, String text) {
    URI uri = request.uri();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    Contract.ofTheServer()
        .check(
            new Exchange(
                request.method(),
                uri.getRawPath() + query,
                request.headers().map(),
                Sent.body(request),
                response.statusCode(),
                response.headers().map(),
                text));
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
    node.tail.close();
    http.stop();
    node.close();
  }
}
