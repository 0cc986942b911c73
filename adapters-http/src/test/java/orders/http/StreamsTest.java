package orders.http;

import static orders.application.fake.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import orders.application.contract.Purchases;
import orders.application.port.Lease;
import orders.application.port.Orders.HandOver;
import orders.application.port.Origin;
import orders.domain.Move;
import orders.domain.Order;
import orders.domain.Reason;
import orders.domain.Step;
import orders.http.auth.BearerAuthentication;
import orders.http.auth.SharedSecret;
import orders.http.auth.TokenRules;
import orders.http.jetty.ConnectionLimits;
import orders.http.jetty.Limits;
import orders.http.limit.LimitSettings;
import orders.http.limit.RateLimits;
import orders.http.limit.TrustedProxies;
import orders.http.stream.StreamSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Many streams beside each other and beside requests.
@Timeout(60)
final class StreamsTest {
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final Limits FEW_REQUESTS = new Limits(3, 3, LONG, Duration.ofMillis(50));

  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }

  private TestServer start(StreamSettings streams) {
    return start(TestServer.Setup.USUAL.with(streams));
  }

  private TestServer start(TestServer.Setup setup) {
    TestServer server = new TestServer(setup);
    open.add(server);
    return server;
  }

  private LiveStream follow(TestServer server) {
    LiveStream stream = LiveStream.open(server, "/events");
    open.add(stream);
    assertThat(stream.status()).isEqualTo(200);
    return stream;
  }

  private static final StreamSettings QUICK = new StreamSettings(Duration.ofMillis(50), LONG);

  /// @param most streams in all
  /// @param each streams of each client
  private static TestServer.Setup few(int most, int each) {
    return TestServer.Setup.USUAL
        .with(QUICK)
        .with(FEW_REQUESTS)
        .with(
            new LimitSettings(
                RateLimits.ABSENT,
                OptionalInt.of(each),
                OptionalInt.empty(),
                most,
                TrustedProxies.NONE));
  }

  @Test
  void aStreamEndsWithTheTokenThatItWasOpenedWith() {
    TestServer server =
        start(
            TestServer.Setup.USUAL
                .with(new StreamSettings(LONG, LONG))
                .with(
                    new BearerAuthentication(
                        new SharedSecret(Tokens.SECRET), TokenRules.NONE, Tokens.CLOCK)));
    Map<String, Object> claims = Tokens.claims("storefront", "shop");
    // Good for two seconds more, since clocks may be half a minute apart.
    long expiry = Tokens.NOW.getEpochSecond() - 28;
    String token = Tokens.hs256(Tokens.with(claims, "exp", expiry));
    // The second one is remembered.
    for (int i = 0; i < 2; i++) {
      LiveStream stream = LiveStream.open(server, "/events", "Authorization", "Bearer " + token);
      open.add(stream);
      assertThat(stream.status()).isEqualTo(200);
      assertThat(stream.toEnd()).isEmpty();
    }
  }

  /// A live order that nobody works on, with some megabytes of history.
  private static Order longStory(TestServer server) {
    Move.Made placed = Purchases.placed();
    Lease lease =
        server
            .store
            .orders("nobody")
            .place(placed, HandOver.THIS_NODE, Origin.UNKNOWN)
            .lease()
            .orElseThrow();
    Order order = placed.order().claimed();
    for (int i = 0; i < 12_000; i++) {
      var failed =
          (Move.Made) order.stepFailed(Step.CONFIRMATION, Reason.of("no answer ".repeat(90)));
      server.store.queue("nobody").record(lease, failed, Optional.empty());
      order = failed.order();
    }
    return order;
  }

  private static Socket unread(TestServer server, String path) throws IOException {
    URI uri = server.uri("/");
    Socket socket = new Socket();
    socket.setReceiveBufferSize(1_024);
    socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
    String request = "GET " + path + " HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  @Test
  void somethingIsSaidNowAndThenThoughNothingHappens() {
    TestServer server = start(QUICK);
    LiveStream feed = follow(server);
    for (int comments = 0; comments < 3; ) {
      comments += feed.block().orElseThrow().isComment() ? 1 : 0;
    }
    String order = untouched(server);
    LiveStream one = LiveStream.open(server, "/orders/" + order + "/events");
    open.add(one);
    for (int comments = 0; comments < 3; ) {
      comments += one.block().orElseThrow().isComment() ? 1 : 0;
    }
  }

  /// A live order that nobody works on.
  private static String untouched(TestServer server) {
    Move.Made placed = Purchases.placed();
    server.store.orders("nobody").place(placed, HandOver.THIS_NODE, Origin.UNKNOWN);
    return placed.order().id().toString();
  }

  @Test
  void oneStreamTooManyIsRefusedAndRequestsAreServedAllTheSame() {
    TestServer server = start(few(4, 0));
    List<LiveStream> streams = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      streams.add(follow(server));
    }
    TestServer.Answer refused = server.get("/events");
    ProblemAssert.isProblem(refused, 503);
    assertThat(refused.header("Retry-After")).isNotEmpty();
    assertThat(server.get("/orders").status()).isEqualTo(200);
    assertThat(server.place()).isNotEmpty();

    streams.forEach(LiveStream::close);
    eventually(
        "who has gone makes room",
        () -> {
          try (LiveStream again = LiveStream.open(server, "/events")) {
            return again.status() == 200;
          }
        });
  }

  @Test
  void everyoneMayHaveTheirShare() {
    TestServer server = start(few(10, 2));
    LiveStream first = follow(server);
    follow(server);
    for (int i = 0; i < 10; i++) {
      ProblemAssert.isProblem(server.get("/events"), 429);
    }
    first.close();
    eventually(
        "there is room again",
        () -> {
          try (LiveStream again = LiveStream.open(server, "/events")) {
            return again.status() == 200;
          }
        });
  }

  @Test
  void whoDoesNotReadIsCutAndNobodyElseNotices() throws IOException {
    var connections = new ConnectionLimits(100, LONG, Duration.ofSeconds(1), 2_048);
    TestServer server =
        start(TestServer.Setup.USUAL.with(QUICK).with(new Limits(10, 10, LONG, LONG, connections)));
    Order story = longStory(server);
    LiveStream fast = follow(server);
    try (Socket slow = unread(server, "/orders/" + story.id() + "/events")) {
      eventually("it is served", server.node.watch::isWatched);
      server.store.orders("nobody").place(Purchases.placed(), HandOver.THIS_NODE, Origin.UNKNOWN);
      assertThat(fast.event()).isPresent();
      eventually("the slow one is cut", () -> !server.node.watch.isWatched());
      assertThat(slow.isConnected()).isTrue();
    }
    try (LiveStream again = LiveStream.open(server, "/orders/" + story.id() + "/events")) {
      assertThat(again.status()).isEqualTo(200);
      again.events(12_001);
    }
    server.store.orders("nobody").place(Purchases.placed(), HandOver.THIS_NODE, Origin.UNKNOWN);
    assertThat(fast.event()).isPresent();
  }

  @Test
  void streamsEndInGoodOrderWhenTheServerStops() throws Exception {
    try (LogCapture log = new LogCapture()) {
      TestServer server = start(StreamSettings.DEFAULT);
      LiveStream feed = follow(server);
      String order = untouched(server);
      LiveStream one = LiveStream.open(server, "/orders/" + order + "/events");
      open.add(one);
      assertThat(one.event()).isPresent();
      Thread stopping = Thread.ofVirtual().start(server::close);
      // Anything but the last chunk would be an exception.
      assertThat(one.toEnd()).isEmpty();
      assertThat(feed.toEnd()).hasSizeLessThan(2);
      assertThat(stopping.join(Duration.ofSeconds(20))).isTrue();
      assertThat(log.lines()).isEmpty();
    }
  }

  @Test
  void noStreamLastsForEver() {
    TestServer server = start(new StreamSettings(Duration.ofMillis(20), Duration.ofMillis(100)));
    LiveStream feed = follow(server);
    assertThat(feed.toEnd()).isEmpty();
  }
}
