package orders.http;

import static orders.http.TestServer.GOOD_ORDER;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import orders.http.cors.AllowedOrigins;
import orders.http.jetty.Limits;
import orders.http.limit.LimitSettings;
import orders.http.limit.RateLimits;
import orders.http.limit.TrustedProxies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What every answer says to browsers, from whatever depth of the server it comes.
final class AnswerHeadersTest {
  private static final String SHOP = "https://shop.example";
  private static final Limits ONE_AT_ONCE =
      new Limits(1, 1, Duration.ofMinutes(1), Duration.ofMillis(50));

  private static void fail(String problem) {
    throw new AssertionError(problem);
  }

  /// With at most one order placed in a second for each address.
  private static TestServer server(String origins) {
    return server(origins, Limits.DEFAULT);
  }

  private static TestServer server(String origins, Limits atOnce) {
    var limits =
        new LimitSettings(
            new RateLimits(OptionalInt.of(1), OptionalInt.empty(), OptionalInt.empty()),
            OptionalInt.empty(),
            OptionalInt.empty(),
            1,
            TrustedProxies.NONE);
    return new TestServer(
        new HttpSettings(
            "127.0.0.1",
            0,
            Currency.getInstance("USD"),
            Duration.ofSeconds(10),
            limits,
            AllowedOrigins.parse(origins, AnswerHeadersTest::fail)),
        atOnce);
  }

  private static RawAnswer exchange(TestServer server, String bytes) {
    try (RawConnection client = server.connect()) {
      client.send(bytes);
      Optional<RawAnswer> answer = bytes.startsWith("HEAD") ? client.readHead() : client.read();
      return answer.orElseThrow();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void isHardened(RawAnswer answer) {
    assertThat(answer.header("X-Content-Type-Options")).contains("nosniff");
    assertThat(answer.header("Content-Security-Policy"))
        .contains("default-src 'none'; frame-ancestors 'none'");
    assertThat(answer.header("Referrer-Policy")).contains("no-referrer");
    assertThat(answer.header("Cross-Origin-Resource-Policy")).contains("same-origin");
    assertThat(answer.headers().get("cache-control")).hasSize(1);
    assertThat(answer.headers()).doesNotContainKeys("server", "x-powered-by", "content-encoding");
  }

  /// Requests that end at every depth, `~` for the end of a line.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET /orders HTTP/1.1~Host: x~~ | 200 | no-store",
        "HEAD /orders HTTP/1.1~Host: x~~ | 200 | no-store",
        "GET /openapi.json HTTP/1.1~Host: x~Accept-Encoding: gzip, br~~ | 200 | no-cache",
        "GET /orders/x/events HTTP/1.1~Host: x~~ | 404 | no-store",
        "GET /health HTTP/1.1~Host: x~~ | 200 | no-store",
        "GET /nothing HTTP/1.1~Host: x~~ | 404 | no-store",
        "PUT /orders HTTP/1.1~Host: x~~ | 405 | no-store",
        "OPTIONS /orders HTTP/1.1~Host: x~~ | 204 | no-store",
        "GET /orders?a HTTP/1.1~Host: x~~ | 400 | no-store",
        "GET /%2e%2e/orders HTTP/1.1~Host: x~~ | 400 | no-store",
        "GET /orders/%00 HTTP/1.1~Host: x~~ | 400 | no-store",
        "GET /orders HTTP/1.1~Host: x~Host: y~~ | 400 | no-store",
        "GET /orders HTTP/9.1~Host: x~~ | 400 | no-store",
        "GET /orders~~ | 400 | no-store",
        "nonsense~~ | 400 | no-store",
        "POST /orders HTTP/1.1~Host: x~Content-Length: -1~~ | 400 | no-store"
      })
  void everyAnswerIsNoMoreThanItIs(String request, int status, String caching) {
    try (TestServer server = server("")) {
      RawAnswer answer = exchange(server, request.replace("~", "\r\n"));
      assertThat(answer.status()).isEqualTo(status);
      isHardened(answer);
      assertThat(answer.header("Cache-Control")).contains(caching);
    }
  }

  @Test
  void anOrderMayBeKeptByItsClientAndAskedAboutAgain() {
    try (TestServer server = server("")) {
      RawAnswer placed = exchange(server, post(""));
      isHardened(placed);
      assertThat(placed.header("Cache-Control")).contains("private, no-cache");
      String path = placed.header("Location").orElseThrow();
      RawAnswer found = exchange(server, "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
      isHardened(found);
      assertThat(found.header("Cache-Control")).contains("private, no-cache");
      RawAnswer refused = exchange(server, post(""));
      assertThat(refused.status()).isEqualTo(429);
      isHardened(refused);
      assertThat(refused.header("Cache-Control")).contains("no-store");
    }
  }

  private static String post(String headers) {
    return "POST /orders HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: "
        + GOOD_ORDER.length()
        + "\r\n"
        + headers
        + "\r\n"
        + GOOD_ORDER;
  }

  @Test
  void withoutAllowedOriginsNothingIsSaidOfOrigins() {
    try (TestServer server = server("")) {
      for (String request :
          List.of(
              "GET /orders HTTP/1.1\r\nHost: x\r\nOrigin: " + SHOP + "\r\n\r\n",
              preflight("/orders", SHOP, "POST"))) {
        RawAnswer answer = exchange(server, request);
        assertThat(answer.headers().keySet())
            .noneMatch(name -> name.startsWith("access-control-") || name.equals("vary"));
      }
    }
  }

  private static String preflight(String path, String origin, String method) {
    return "OPTIONS "
        + path
        + " HTTP/1.1\r\nHost: x\r\nOrigin: "
        + origin
        + "\r\nAccess-Control-Request-Method: "
        + method
        + "\r\nAccess-Control-Request-Headers: content-type, authorization\r\n\r\n";
  }

  @Test
  void aPageOfAnAllowedOriginLearnsWhatItMaySend() {
    try (TestServer server = server("http://localhost:3000, " + SHOP)) {
      RawAnswer answer = exchange(server, preflight("/orders", SHOP, "POST"));
      assertThat(answer.status()).isEqualTo(204);
      assertThat(answer.header("Access-Control-Allow-Origin")).contains(SHOP);
      assertThat(answer.header("Access-Control-Allow-Methods"))
          .contains("GET, HEAD, POST, OPTIONS")
          .isEqualTo(answer.header("Allow"));
      assertThat(answer.header("Access-Control-Allow-Headers"))
          .contains(
              "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match,"
                  + " Last-Event-ID, Prefer, traceparent");
      assertThat(answer.header("Access-Control-Max-Age")).contains("3600");
      assertThat(answer.header("Vary")).contains("Origin");
      assertThat(answer.headers()).doesNotContainKey("access-control-allow-credentials");
      assertThat(exchange(server, preflight("/nothing", SHOP, "POST")).status()).isEqualTo(404);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example",
        "http://shop.example",
        "https://shop.example:8443",
        "https://SHOP.example",
        "https://shop.example.evil.example",
        "https://shop.example/",
        "null",
        "*"
      })
  void aPageOfAnotherOriginLearnsNothing(String origin) {
    try (TestServer server = server(SHOP)) {
      RawAnswer preflight = exchange(server, preflight("/orders", origin, "POST"));
      RawAnswer answer =
          exchange(server, "GET /orders HTTP/1.1\r\nHost: x\r\nOrigin: " + origin + "\r\n\r\n");
      for (RawAnswer either : List.of(preflight, answer)) {
        assertThat(either.headers().keySet()).noneMatch(name -> name.startsWith("access-control-"));
        assertThat(either.header("Vary")).contains("Origin");
      }
      assertThat(answer.status()).isEqualTo(200);
    }
  }

  /// Requests that end at every depth, `~` for the end of a line, and `@` for the origin.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET /orders HTTP/1.1~Host: x~@~~ | 200",
        "HEAD /orders HTTP/1.1~Host: x~@~~ | 200",
        "GET /orders/x HTTP/1.1~Host: x~@~~ | 404",
        "GET /nothing HTTP/1.1~Host: x~@~~ | 404",
        "PUT /orders HTTP/1.1~Host: x~@~~ | 405",
        "POST /orders HTTP/1.1~Host: x~@~Content-Length: 0~~ | 415"
      })
  void aPageOfAnAllowedOriginMayReadEveryAnswer(String request, int status) {
    try (TestServer server = server(SHOP)) {
      RawAnswer answer =
          exchange(server, request.replace("~", "\r\n").replace("@", "Origin: " + SHOP));
      assertThat(answer.status()).isEqualTo(status);
      mayBeRead(answer);
    }
  }

  private static void mayBeRead(RawAnswer answer) {
    assertThat(answer.header("Access-Control-Allow-Origin")).contains(SHOP);
    assertThat(answer.header("Access-Control-Expose-Headers"))
        .contains(
            "ETag, Link, Location, Preference-Applied, RateLimit, RateLimit-Policy, Retry-After,"
                + " WWW-Authenticate, X-Request-Id");
    assertThat(answer.header("Vary")).contains("Origin");
  }

  @Test
  void soItMayTheRefusals() {
    try (TestServer server = server(SHOP)) {
      String origin = "Origin: " + SHOP + "\r\n";
      mayBeRead(exchange(server, post(origin)));
      RawAnswer limited = exchange(server, post(origin));
      assertThat(limited.status()).isEqualTo(429);
      mayBeRead(limited);
    }
  }

  @Test
  void soItMayTheRefusalOfARequestThatIsOneTooMany() throws IOException {
    try (TestServer server = server(SHOP, ONE_AT_ONCE);
        RawConnection busy = server.connect()) {
      busy.send(post("Expect: 100-continue\r\n").replace(GOOD_ORDER, ""));
      assertThat(busy.readHead().orElseThrow().status()).isEqualTo(100);
      RawAnswer refused =
          exchange(server, "GET /orders HTTP/1.1\r\nHost: x\r\nOrigin: " + SHOP + "\r\n\r\n");
      assertThat(refused.status()).isEqualTo(503);
      isHardened(refused);
      mayBeRead(refused);
      busy.send(GOOD_ORDER);
      assertThat(busy.read().orElseThrow().status()).isEqualTo(201);
    }
  }
}
