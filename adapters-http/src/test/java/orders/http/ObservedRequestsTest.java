package orders.http;

import static orders.application.fake.Eventually.eventually;
import static orders.http.TestServer.GOOD_ORDER;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import orders.application.fake.ScriptedPartner;
import orders.application.port.TraceContext;
import orders.domain.OrderId;
import orders.http.TestServer.Answer;
import orders.http.access.Authentication;
import orders.http.jetty.Limits;
import orders.http.jetty.RequestIds;
import orders.http.jetty.RequestMonitor;
import orders.http.wire.HealthPaths;
import orders.http.wire.ProblemType;
import orders.http.wire.RefusedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Every answer has an id of its own and is counted, whoever gave it.
final class ObservedRequestsTest {
  private final Queue<String> answers = new ConcurrentLinkedQueue<>();
  private final RequestMonitor monitor =
      new RequestMonitor() {
        @Override
        public Route route(String method, String template) {
          return (status, nanos) -> note(method + " " + template + " " + status, nanos);
        }

        @Override
        public Route noRoute(String method) {
          return (status, nanos) -> note(method + " ? " + status, nanos);
        }
      };
  private final List<Long> times = new CopyOnWriteArrayList<>();
  private final Observability observability =
      new Observability(monitor, () -> "figures 1\n", Optional.empty());
  private final TestServer server = new TestServer(TestServer.Setup.USUAL.with(observability));

  @AfterEach
  void stop() {
    server.store.setReachable(true);
    server.close();
  }

  private void note(String answer, long nanos) {
    assertThat(Duration.ofNanos(nanos)).isBetween(Duration.ofNanos(1), Duration.ofMinutes(1));
    times.add(nanos);
    answers.add(answer);
  }

  /// An answer is counted when all of it was sent, which its client may see earlier.
  private void assertCounted(String... expected) {
    eventually("all answers are counted", () -> answers.size() == expected.length);
    assertThat(answers).containsExactlyInAnyOrder(expected);
  }

  @Test
  void theServersFirstRequestIsToItselfAndNobodys() {
    assertCounted();
  }

  @Test
  void answersAreCountedByTheTemplateOfTheirRoute() {
    String id = server.place();
    server.get("/orders/" + id);
    server.get("/orders/00000000-0000-0000-0000-000000000000");
    server.post("/orders", "{");
    server.send(server.request("/health").method("HEAD", BodyPublishers.noBody()));
    assertCounted(
        "POST /orders 201",
        "GET /orders/{id} 200",
        "GET /orders/{id} 404",
        "POST /orders 400",
        "HEAD /health 200");
  }

  @Test
  void aStreamIsTimedToItsBeginning() {
    long before = System.nanoTime();
    try (LiveStream feed = LiveStream.open(server, "/events")) {
      assertThat(feed.block()).isPresent();
      long begun = System.nanoTime();
      while (System.nanoTime() - begun < begun - before) {
        LockSupport.parkNanos(begun - before);
      }
      server.close();
      assertThat(feed.toEnd()).isEmpty();
      eventually("it is counted", () -> times.size() == 1);
      assertThat(times.getFirst()).isLessThan(begun - before);
    }
  }

  @Test
  void whatNoRouteAnsweredIsCountedToo() {
    server.get("/nothing/" + GOOD_ORDER.hashCode());
    server.send(server.request("/orders").DELETE());
    RawHttp.exchange(server, "GET /orders HTTP/1.1\r\nHost: x\r\nHost: y\r\n");
    RawHttp.exchange(server, "GET /a%zz HTTP/1.1\r\nHost: x\r\n");
    // Jetty has a name of its own for the method of what it could not read.
    assertCounted("GET ? 404", "DELETE ? 405", "GET ? 400", "BAD ? 400");
  }

  @Test
  void overloadIsCountedAndNeverShutsOutTheFigures() throws IOException {
    var one = new Limits(1, 1, Duration.ofSeconds(30), Duration.ofMillis(50));
    try (TestServer full = new TestServer(TestServer.Setup.USUAL.with(one).with(observability));
        RawConnection first = full.connect()) {
      first.send(
          "POST /orders HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: "
              + GOOD_ORDER.length()
              + "\r\nExpect: 100-continue\r\n\r\n");
      assertThat(first.readHead().orElseThrow().status()).isEqualTo(100);
      assertThat(full.get("/orders").status()).isEqualTo(503);
      assertThat(RawHttp.exchange(full, "GET /metrics HTTP/1.1\r\nHost: x\r\n"))
          .startsWith("HTTP/1.1 200")
          .contains("text/plain; version=0.0.4")
          .endsWith("figures 1\n");
      first.send(GOOD_ORDER);
      assertThat(first.read().orElseThrow().status()).isEqualTo(201);
    }
    assertCounted("GET ? 503", "GET " + HealthPaths.METRICS + " 200", "POST /orders 201");
  }

  @Test
  void everyAnswerHasAnIdOfItsOwnWhateverTheClientSent() {
    Set<String> ids = new HashSet<>();
    List<Answer> good =
        List.of(
            server.get("/health", RequestIds.HEADER, "mine"),
            server.get("/nothing"),
            server.post("/orders", GOOD_ORDER),
            server.post("/orders", "{"),
            server.send(server.request("/orders").DELETE()));
    good.forEach(answer -> ids.add(answer.header(RequestIds.HEADER)));
    for (String head :
        List.of(
            "GET /orders HTTP/1.1\r\nHost: x\r\nHost: y\r\n",
            "GET /orders HTTP/1.1\r\n",
            "GET /a%zz HTTP/1.1\r\nHost: x\r\n",
            "GET /orders HTTP/3.7\r\nHost: x\r\n",
            "GET /orders HTTP/1.1\r\nHost: x\r\nX: " + "x".repeat(20_000) + "\r\n")) {
      String answer = RawHttp.exchange(server, head);
      ids.add(answer.replaceFirst("(?s).*\r\nX-Request-Id: (\\w+)\r\n.*", "$1"));
    }
    assertThat(ids).hasSize(10).allMatch(id -> id.matches("[0-9a-f]{32}"));
  }

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  private Answer place(String traceparent) {
    return server.send(
        server
            .request("/orders")
            .header("Content-Type", "application/json")
            .header("traceparent", traceparent)
            .header("tracestate", "vendor=value")
            .POST(BodyPublishers.ofString(GOOD_ORDER)));
  }

  @Test
  void anOrderTakesTheTraceOfItsRequestToItsPartners() {
    Queue<TraceContext> traces = new ConcurrentLinkedQueue<>();
    server.partner.answers(call -> {
      traces.add(call.trace());
      return ScriptedPartner.done(call);
    });
    place("00-" + TRACE + "-00f067aa0ba902b7-01");
    eventually("all partners are asked", () -> traces.size() == 3);
    assertThat(traces).extracting(TraceContext::traceIdText).containsOnly(TRACE);
    assertThat(traces).extracting(TraceContext::sampled).containsOnly(true);
    traces.clear();
    String id = place("00-" + TRACE + "-00f067aa0ba902b7-0x").json().get("id").asText();
    eventually("all partners are asked", () -> traces.size() == 3);
    assertThat(traces).containsOnly(TraceContext.of(OrderId.parse(id).orElseThrow()));
  }

  /// The workers have something to say too.
  private static List<Map<String, String>> ofRequests(LogCapture log) {
    return log.contexts().stream().filter(context -> context.containsKey("request_id")).toList();
  }

  @Test
  void whatIsLoggedOfARequestNamesItItsTraceAndItsOrder() {
    String id = server.place();
    server.store.setReachable(false);
    try (LogCapture log = new LogCapture()) {
      Answer answer =
          server.get("/orders/" + id, "traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01");
      assertThat(answer.status()).isEqualTo(503);
      assertThat(ofRequests(log))
          .containsExactly(
              Map.of(
                  "request_id",
                  answer.header(RequestIds.HEADER),
                  "trace_id",
                  TRACE,
                  "order_id",
                  id));
    }
    try (LogCapture log = new LogCapture()) {
      Answer answer = server.get("/orders");
      String request = answer.header(RequestIds.HEADER);
      assertThat(ofRequests(log))
          .containsExactly(Map.of("request_id", request, "trace_id", request));
    }
    try (LogCapture log = new LogCapture()) {
      Answer answer = server.post("/orders", GOOD_ORDER);
      Map<String, String> context = ofRequests(log).getFirst();
      assertThat(context)
          .containsEntry("request_id", answer.header(RequestIds.HEADER))
          .containsKey("order_id");
      assertThat(context.get("trace_id"))
          .isEqualTo(context.getOrDefault("order_id", "").replace("-", ""));
    }
  }

  @Test
  void aScraperIsLetInToReadTheFiguresAndNothingElse() {
    MetricsToken token = new MetricsToken("0123456789abcdef");
    Authentication nobody =
        context -> {
          context.header("WWW-Authenticate", "Bearer realm=\"orders\"");
          throw new RefusedRequest(ProblemType.UNAUTHORIZED, "Say who you are.");
        };
    try (TestServer guarded =
        new TestServer(
            TestServer.Setup.USUAL
                .with(nobody)
                .with(new Observability(RequestMonitor.NONE, () -> "x 1\n", Optional.of(token))))) {
      String right = "Authorization: Bearer 0123456789abcdef\r\n";
      String metrics = "GET /metrics HTTP/1.1\r\nHost: x\r\n";
      assertThat(RawHttp.exchange(guarded, metrics + right)).startsWith("HTTP/1.1 200");
      for (String wrong :
          List.of(
              "",
              "Authorization: Bearer 0123456789abcdeg\r\n",
              "Authorization: Bearer 0123456789abcdef0\r\n",
              "Authorization: Bearer \r\n",
              "Authorization: Basic 0123456789abcdef\r\n")) {
        assertThat(RawHttp.exchange(guarded, metrics + wrong)).startsWith("HTTP/1.1 401");
      }
      assertThat(RawHttp.exchange(guarded, "GET /orders HTTP/1.1\r\nHost: x\r\n" + right))
          .startsWith("HTTP/1.1 401");
    }
  }
}
