package orders.http;

import static orders.application.fake.Eventually.eventually;
import static orders.http.TestServer.GOOD_ORDER;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import orders.application.fake.ScriptedPartner;
import orders.http.access.Authentication;
import orders.http.cors.AllowedOrigins;
import orders.http.limit.LimitSettings;
import orders.http.limit.RateLimits;
import orders.http.limit.TrustedProxies;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How much one of many may ask of the server, by a clock that stands still unless told.
final class RateLimitTest {
  private static final RateLimits THREE_TO_PLACE_FOUR_TO_READ =
      new RateLimits(OptionalInt.of(3), OptionalInt.of(4), OptionalInt.empty());
  private static final String ME = Asking.HEADER + ": customer:me\r\n";
  private static final String YOU = Asking.HEADER + ": customer:you\r\n";
  private static final String UNKNOWN = "/orders/01939c3e-0000-7000-8000-00000000abcd";

  private final TestServer inner = new TestServer();
  private final AtomicLong nanos = new AtomicLong();
  private final List<HttpServer> servers = new ArrayList<>();

  @AfterEach
  void stop() {
    inner.partner.answers(ScriptedPartner::done);
    inner.node.watch.close();
    servers.forEach(HttpServer::stop);
    inner.close();
  }

  private static LimitSettings of(RateLimits rates, OptionalInt waits, String proxies) {
    return new LimitSettings(
        rates,
        OptionalInt.empty(),
        waits,
        LimitSettings.MAX_STREAMS,
        TrustedProxies.parse(
            proxies,
            problem -> {
              throw new AssertionError(problem);
            }));
  }

  private static LimitSettings of(RateLimits rates) {
    return of(rates, OptionalInt.empty(), "127.0.0.1");
  }

  /// A server with these limits; returns its port.
  private int serve(Authentication authentication, LimitSettings limits) {
    var settings =
        new HttpSettings(
            "127.0.0.1",
            0,
            Currency.getInstance("USD"),
            Duration.ofSeconds(10),
            limits,
            AllowedOrigins.NONE);
    var server =
        new HttpServer(
            inner.useCases,
            authentication,
            settings,
            Observability.NONE,
            Tuning.USUAL.with(nanos::get));
    try {
      server.start();
    } catch (HttpServer.CannotListen e) {
      throw new IllegalStateException(e);
    }
    servers.add(server);
    return URI.create(server.address()).getPort();
  }

  private static RawAnswer exchange(int port, String head, String body) {
    try (RawConnection client = new RawConnection(port)) {
      return client.send(head + "\r\n" + body).read().orElseThrow();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static RawAnswer get(int port, String path, String headers) {
    return exchange(port, "GET " + path + " HTTP/1.1\r\nHost: x\r\n" + headers, "");
  }

  private static RawAnswer place(int port, String headers) {
    String type = "Content-Type: application/json\r\nContent-Length: " + GOOD_ORDER.length();
    return exchange(
        port, "POST /orders HTTP/1.1\r\nHost: x\r\n" + type + "\r\n" + headers, GOOD_ORDER);
  }

  private static void isOneTooMany(RawAnswer answer, String policy, String left) {
    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.header("Content-Type")).contains("application/problem+json");
    assertThat(answer.text("type")).isEqualTo("/problems/too-many-requests");
    assertThat(answer.header("Retry-After")).contains("1");
    assertThat(answer.header("RateLimit-Policy")).contains(policy);
    assertThat(answer.header("RateLimit")).contains(left);
  }

  @Test
  void everyAnswerTellsWhatIsLeftAndOneTooManyIsRefused() {
    int port = serve(new Asking(), of(THREE_TO_PLACE_FOUR_TO_READ));
    for (int left = 2; left >= 0; left--) {
      RawAnswer placed = place(port, ME);
      assertThat(placed.status()).isEqualTo(201);
      assertThat(placed.header("RateLimit-Policy")).contains("\"place\";q=3;w=1");
      assertThat(placed.header("RateLimit")).contains("\"place\";r=" + left + ";t=1");
    }
    isOneTooMany(place(port, ME), "\"place\";q=3;w=1", "\"place\";r=0;t=1");
    assertThat(inner.store.size()).isEqualTo(3);
    // Reading is counted by itself, and so is everybody else.
    assertThat(get(port, "/orders", ME).header("RateLimit")).contains("\"read\";r=3;t=1");
    assertThat(place(port, YOU).status()).isEqualTo(403);
    assertThat(place(port, Asking.HEADER + ": storefront:me\r\n").status()).isEqualTo(201);
    nanos.addAndGet(Duration.ofMillis(334).toNanos());
    assertThat(place(port, ME).status()).isEqualTo(201);
    assertThat(place(port, ME).status()).isEqualTo(429);
  }

  @Test
  void theLimitsAreThoseOfTheDocumentationWhereNoneAreSet() {
    int port = serve(new Asking(), LimitSettings.ABSENT);
    assertThat(place(port, ME).header("RateLimit-Policy")).contains("\"place\";q=1000;w=1");
    assertThat(get(port, "/orders", ME).header("RateLimit-Policy")).contains("\"read\";q=2000;w=1");
  }

  @Test
  void whereNobodySaysWhoTheyAreNothingIsLimitedUnlessItIsSet() {
    int port = serve(Authentication.OFF, LimitSettings.ABSENT);
    RawAnswer placed = place(port, "");
    assertThat(placed.status()).isEqualTo(201);
    assertThat(placed.headers()).doesNotContainKeys("ratelimit", "ratelimit-policy");
  }

  @Test
  void whatIsSetThenCountsByAddress() {
    int port = serve(Authentication.OFF, of(THREE_TO_PLACE_FOUR_TO_READ));
    for (int i = 0; i < 3; i++) {
      assertThat(place(port, "X-Forwarded-For: 203.0.113.9\r\n").status()).isEqualTo(201);
    }
    assertThat(place(port, "X-Forwarded-For: 203.0.113.9\r\n").status()).isEqualTo(429);
    assertThat(place(port, "X-Forwarded-For: 198.51.100.1, 203.0.113.9\r\n").status())
        .isEqualTo(429);
    assertThat(place(port, "Forwarded: for=203.0.113.8\r\n").status()).isEqualTo(201);
    assertThat(place(port, "").status()).isEqualTo(201);
  }

  @Test
  void headersOfWhoIsNoTrustedProxyChangeNothing() {
    LimitSettings untrusting = of(THREE_TO_PLACE_FOUR_TO_READ, OptionalInt.empty(), "10.0.0.1");
    int port = serve(Authentication.OFF, untrusting);
    for (int i = 0; i < 3; i++) {
      place(port, "X-Forwarded-For: 203.0.113." + i + "\r\nForwarded: for=203.0.113." + i + "\r\n");
    }
    assertThat(place(port, "X-Forwarded-For: 203.0.113.9\r\n").status()).isEqualTo(429);
  }

  @Test
  void whoCannotSayWhoTheyAreAreCountedByAddressAndInNobodysWay() {
    int port = serve(new Asking(), of(THREE_TO_PLACE_FOUR_TO_READ));
    for (int left = 3; left >= 0; left--) {
      RawAnswer refused = place(port, "");
      assertThat(refused.status()).isEqualTo(401);
      assertThat(refused.header("RateLimit")).contains("\"read\";r=" + left + ";t=1");
    }
    isOneTooMany(place(port, ""), "\"read\";q=4;w=1", "\"read\";r=0;t=1");
    isOneTooMany(get(port, "/orders", ""), "\"read\";q=4;w=1", "\"read\";r=0;t=1");
    assertThat(get(port, "/orders", "X-Forwarded-For: 203.0.113.9\r\n").status()).isEqualTo(401);
    assertThat(get(port, "/orders", ME).status()).isEqualTo(200);
    assertThat(place(port, ME).status()).isEqualTo(201);
  }

  @Test
  void whatIsNotForTheirRoleCountsToo() {
    int port = serve(new Asking(), of(THREE_TO_PLACE_FOUR_TO_READ));
    String merchant = Asking.HEADER + ": merchant:m\r\n";
    for (int i = 0; i < 3; i++) {
      assertThat(place(port, merchant).status()).isEqualTo(403);
    }
    assertThat(place(port, merchant).status()).isEqualTo(429);
  }

  @Test
  void aRequestIsCountedBeforeItsBodyIsRead() throws IOException {
    int port = serve(new Asking(), of(THREE_TO_PLACE_FOUR_TO_READ));
    for (int i = 0; i < 3; i++) {
      place(port, ME);
    }
    try (RawConnection client = new RawConnection(port)) {
      client.send(
          "POST /orders HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
              + "Content-Length: 100\r\nExpect: 100-continue\r\n"
              + ME
              + "\r\n");
      assertThat(client.read().orElseThrow().status()).isEqualTo(429);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health", "/health/live", "/health/ready"})
  void healthIsNeverLimited(String path) {
    int port = serve(new Asking(), of(THREE_TO_PLACE_FOUR_TO_READ));
    for (int i = 0; i < 10; i++) {
      RawAnswer answer = get(port, path, "");
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.headers()).doesNotContainKeys("ratelimit", "ratelimit-policy");
    }
  }

  @Test
  void movesCountAsPlacingAndLooksAsReading() {
    int port = serve(new Asking(), of(THREE_TO_PLACE_FOUR_TO_READ));
    String operator = Asking.HEADER + ": operator:o\r\n";
    String post = " HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n" + operator;
    assertThat(exchange(port, "POST " + UNKNOWN + "/cancel" + post, "").header("RateLimit"))
        .contains("\"place\";r=2;t=1");
    assertThat(exchange(port, "POST " + UNKNOWN + "/retry" + post, "").header("RateLimit"))
        .contains("\"place\";r=1;t=1");
    assertThat(get(port, UNKNOWN, operator).header("RateLimit")).contains("\"read\";r=3;t=1");
    assertThat(get(port, UNKNOWN + "/events", operator).header("RateLimit"))
        .contains("\"read\";r=2;t=1");
  }

  @Test
  void oneWhoHoldsAsManyRequestsAsTheyMayIsAnsweredAtOnceAndOthersAreNot() throws IOException {
    int port = serve(new Asking(), of(RateLimits.ABSENT, OptionalInt.of(1), ""));
    Semaphore gate = new Semaphore(0);
    inner.partner.answers(call -> {
      gate.acquireUninterruptibly();
      return ScriptedPartner.done(call);
    });
    String path = place(port, ME).header("Location").orElseThrow();
    try (RawConnection held = new RawConnection(port)) {
      String wait = "Prefer: wait=60\r\n";
      held.send("GET " + path + " HTTP/1.1\r\nHost: x\r\n" + ME + wait + "\r\n");
      eventually("it is held", inner.node.watch::isWatched);
      RawAnswer beyond = get(port, path, ME + wait);
      assertThat(beyond.status()).isEqualTo(200);
      assertThat(beyond.header("Preference-Applied")).isEmpty();
      RawAnswer other = get(port, path, Asking.HEADER + ": operator:o\r\nPrefer: wait=1\r\n");
      assertThat(other.header("Preference-Applied")).contains("wait=1");
      gate.release(1_000);
      assertThat(held.read().orElseThrow().header("Preference-Applied")).contains("wait=60");
    }
    assertThat(get(port, path, ME + "Prefer: wait=1\r\n").header("Preference-Applied"))
        .contains("wait=1");
  }
}
