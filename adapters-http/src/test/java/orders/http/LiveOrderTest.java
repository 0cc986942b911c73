package orders.http;

import static orders.application.fake.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import orders.application.fake.ScriptedPartner;
import orders.application.port.Partner.Result;
import orders.domain.Reason;
import orders.http.LiveStream.Block;
import orders.http.TestServer.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What happens to one order, told as it happens.
@Timeout(60)
final class LiveOrderTest {
  private static final String EVENTS = "text/event-stream";

  private final TestServer server = new TestServer();
  private final Semaphore gate = new Semaphore(0);

  @AfterEach
  void stop() {
    gate.release(1_000);
    server.close();
  }

  private String placeHeld() {
    server.partner.answers(call -> {
      gate.acquireUninterruptibly();
      return ScriptedPartner.done(call);
    });
    return server.place();
  }

  private String ended() {
    String id = server.place();
    server.get("/orders/" + id, "Prefer", "wait=30");
    return id;
  }

  private static String path(String id) {
    return "/orders/" + id + "/events";
  }

  private List<String> history(String id) {
    List<String> events = new ArrayList<>();
    JsonNode data = server.get(path(id)).json().get("data");
    data.forEach(event -> events.add(event.toString()));
    return events;
  }

  private static List<String> data(List<Block> events) {
    return events.stream().map(Block::data).toList();
  }

  @Test
  void tellsTheHistoryAndThenEachEventUntilTheOrderEnds() {
    String id = placeHeld();
    try (LiveStream stream = LiveStream.open(server, path(id))) {
      assertThat(stream.status()).isEqualTo(200);
      assertThat(stream.header("Content-Type")).isEqualTo(EVENTS);
      assertThat(stream.header("Cache-Control")).isEqualTo("no-store");
      assertThat(stream.header("Vary")).isEqualTo("Accept");
      assertThat(stream.header("Transfer-Encoding")).isEqualTo("chunked");
      Block placed = stream.event().orElseThrow();
      assertThat(placed.id()).isEqualTo("1");
      assertThat(placed.event()).isEqualTo("placed");
      gate.release(1);
      Block confirmed = stream.event().orElseThrow();
      assertThat(confirmed.id()).isEqualTo("2");
      assertThat(confirmed.event()).isEqualTo("step_done");
      gate.release(2);
      List<Block> rest = stream.toEnd();
      assertThat(rest.getLast().event()).isEqualTo("completed");
      List<Block> all = new ArrayList<>(List.of(placed, confirmed));
      all.addAll(rest);
      assertThat(data(all)).isEqualTo(history(id));
    }
  }

  @Test
  void beginsWithTheTimeAfterWhichToComeAgain() {
    String raw =
        RawHttp.exchange(
            server, "GET " + path(ended()) + " HTTP/1.1\r\nHost: x\r\nAccept: " + EVENTS + "\r\n");
    assertThat(raw).contains("retry: 1000\n\n").contains("id: 1\nevent: placed\ndata: {\"seq\":1,");
  }

  @Test
  void goesOnBehindEachEventWithoutGapOrRepeat() {
    String id = ended();
    List<String> history = history(id);
    for (int after = 0; after < history.size(); after++) {
      try (LiveStream stream = LiveStream.open(server, path(id), "Last-Event-ID", "" + after)) {
        assertThat(data(stream.toEnd())).isEqualTo(history.subList(after, history.size()));
      }
    }
  }

  @Test
  void whoHasSeenTheEndIsToldToComeNoMore() {
    String id = ended();
    Answer done = server.get(path(id), "Accept", EVENTS, "Last-Event-ID", "" + history(id).size());
    assertThat(done.status()).isEqualTo(204);
    assertThat(done.text()).isEmpty();
  }

  @Test
  void anOrderThatFailedAndIsRetriedGoesOn() {
    server.partner.answers(_ -> new Result.Declined(Reason.of("no")));
    String id = ended();
    int failed = history(id).size();
    try (LiveStream stream = LiveStream.open(server, path(id))) {
      assertThat(stream.toEnd().getLast().event()).isEqualTo("failed");
    }
    server.partner.answers(ScriptedPartner::done);
    server.post("/orders/" + id + "/retry", "");
    try (LiveStream stream = LiveStream.open(server, path(id), "Last-Event-ID", "" + failed)) {
      List<Block> events = stream.toEnd();
      assertThat(events.getFirst().event()).isEqualTo("retried");
      assertThat(events.getLast().event()).isEqualTo("completed");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "6",
        "99",
        "-1",
        "+1",
        "01",
        "1.0",
        "1e0",
        " ",
        "x",
        "1 2",
        "9999999999",
        "99999999999999999999",
        "0x1"
      })
  void whatIsNoNumberOfAnEventIsRefused(String id) {
    Answer refused = server.get(path(ended()), "Accept", EVENTS, "Last-Event-ID", id);
    ProblemAssert.isProblem(refused, 400);
  }

  @Test
  void twoOfThemAreRefused() {
    Answer refused =
        server.get(path(ended()), "Accept", EVENTS, "Last-Event-ID", "1", "Last-Event-ID", "1");
    ProblemAssert.isProblem(refused, 400);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/event-stream|true",
        "TEXT/Event-Stream|true",
        "text/event-stream; charset=utf-8|true",
        "text/*|true",
        "text/event-stream, */*|true",
        "text/event-stream, application/json;q=0.9|true",
        "application/json;q=0.1, text/event-stream;q=0.2|true",
        "application/json;q=0, */*|true",
        "text/event-stream;q=1.000, application/json;q=0.999|true",
        "*/*|false",
        "application/json|false",
        "application/*|false",
        "application/json, text/event-stream|false",
        "text/event-stream;q=0|false",
        "text/event-stream;q=0.5, */*|false",
        "text/event-stream;q=0.1, application/json|false",
        "*/*, text/event-stream;q=0.9|false",
        "text/html|false",
        "nonsense|false",
        ";;;|false",
        "text/event-stream;q=0.000, application/json;q=0|false"
      })
  void jsonIsToldUnlessEventsArePreferred(String accept, boolean events) {
    String answer =
        RawHttp.exchange(
            server, "GET " + path(ended()) + " HTTP/1.1\r\nHost: x\r\nAccept: " + accept + "\r\n");
    assertThat(answer).contains("Content-Type: " + (events ? EVENTS : "application/json"));
  }

  @Test
  void headTellsWhatGetWouldAndOpensNothing() {
    String id = placeHeld();
    String head = "HEAD " + path(id) + " HTTP/1.1\r\nHost: x\r\nAccept: " + EVENTS + "\r\n";
    String answer = RawHttp.exchange(server, head);
    assertThat(answer).startsWith("HTTP/1.1 200").contains("Content-Type: " + EVENTS);
    assertThat(answer).endsWith("\r\n\r\n").doesNotContain("retry", "Content-Length");
    String next = "\r\nGET /health HTTP/1.1\r\nHost: x\r\n";
    assertThat(RawHttp.exchange(server, head + next)).contains("\r\n\r\nHTTP/1.1 200");
    assertThat(server.node.watch.isWatched()).isFalse();
    assertThat(RawHttp.exchange(server, head.replace(id, "x"))).startsWith("HTTP/1.1 404");
  }

  @Test
  void anUnknownOrderIsNotFoundWhateverIsAccepted() {
    String unknown = "/orders/01939c3e-0000-7000-8000-000000000000/events";
    Answer json = server.get(unknown);
    Answer events = server.get(unknown, "Accept", EVENTS);
    ProblemAssert.isProblem(events, 404);
    assertThat(events.text()).isEqualTo(json.text());
    ProblemAssert.isProblem(server.get("/orders/x/events", "Accept", EVENTS), 404);
  }

  @Test
  void withoutADatabaseThereIsNoStreamButOneThatIsOpenStays() {
    String id = placeHeld();
    try (LiveStream stream = LiveStream.open(server, path(id))) {
      assertThat(stream.event()).isPresent();
      server.store.setReachable(false);
      ProblemAssert.isProblem(server.get(path(id), "Accept", EVENTS), 503);
      server.store.setReachable(true);
      gate.release(3);
      assertThat(data(stream.toEnd())).isEqualTo(history(id).subList(1, 5));
    }
  }

  @Test
  void nobodyIsLeftBehindByThoseWhoGoAway() {
    String id = placeHeld();
    LiveStream gone = LiveStream.open(server, path(id));
    gone.event();
    eventually("it is followed", server.node.watch::isWatched);
    gone.close();
    gate.release(3);
    eventually("nobody follows it any more", () -> !server.node.watch.isWatched());
    assertThat(
            server.send(server.request("/orders").method("HEAD", BodyPublishers.noBody())).status())
        .isEqualTo(200);
  }
}
