package orders.http;

import static orders.application.fake.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import orders.application.fake.ScriptedPartner;
import orders.application.port.Lease;
import orders.application.port.Partner.Call;
import orders.application.port.Partner.Result;
import orders.application.port.Partner.Trouble;
import orders.application.port.Partner.Undo;
import orders.application.port.WorkQueue;
import orders.domain.OrderId;
import orders.domain.Reason;
import orders.domain.Step;
import orders.http.TestServer.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Why an order waits, so that nobody has to read logs.
final class WaitingTest {
  private static final Duration LONG = Duration.ofHours(1);

  private final TestServer server = new TestServer();
  private final Semaphore gate = new Semaphore(0);

  @AfterEach
  void stop() {
    gate.release(1_000);
    server.close();
  }

  private Result onceLetThrough(Call call) {
    gate.acquireUninterruptibly();
    return ScriptedPartner.done(call);
  }

  private JsonNode find(String id) {
    return server.get("/orders/" + id).json();
  }

  private JsonNode awaitWaiting(String id, String what) {
    eventually(
        id + " waits for the " + what,
        () -> find(id).path("waiting").path("for").asText().equals(what));
    return find(id).get("waiting");
  }

  private String parked() {
    server.partner.answers(call ->
        call.step() == Step.PAYMENT
            ? new Result.Declined(Reason.of("no funds"))
            : ScriptedPartner.done(call));
    server.partner.answersUndo(call ->
        call.step() == Step.CONFIRMATION
            ? new Undo.Refused(Reason.of("already in the oven"))
            : new Undo.Undone());
    String id = server.place();
    awaitWaiting(id, "operator");
    return id;
  }

  private List<String> listed(String query) {
    List<String> ids = new ArrayList<>();
    server
        .get("/orders?" + query)
        .json()
        .get("data")
        .forEach(order -> ids.add(order.get("id").asText()));
    return ids;
  }

  @Test
  void aNewOrderWaitsForAWorker() {
    Answer placed = server.post("/orders", TestServer.GOOD_ORDER);
    assertThat(placed.json().get("waiting").toString())
        .isEqualTo(
            """
            {"for":"worker","step":null,"attempt":null,"until":null,"last_error":null}\
            """);
    assertThat(placed.json().get("needs_attention").toString()).isEqualTo("false");
  }

  @Test
  void anOrderThatAPartnerIsAskedForWaitsForThatOne() {
    server.partner.answers(this::onceLetThrough);
    assertThat(find(server.place()).get("waiting").toString())
        .isEqualTo(
            """
            {"for":"partner","step":"confirmation","attempt":1,"until":null,"last_error":null}\
            """);
  }

  @Test
  void afterAFailedAttemptItIsToldWhyAndWhichComesNext() {
    server.partner.answers(call ->
        call.attempt() == 1
            ? new Result.Retry(Reason.of("the till is jammed"), Trouble.FAULT)
            : onceLetThrough(call));
    String id = server.place();
    eventually("it is tried again", () -> server.partner.asked().size() == 2);
    assertThat(find(id).get("waiting").toString())
        .isEqualTo(
            """
            {"for":"partner","step":"confirmation","attempt":2,"until":null,\
            "last_error":"the till is jammed"}\
            """);
  }

  @Test
  void aPartnerThatAsksForTimeIsWaitedForUntilThen() {
    server.partner.answers(_ -> new Result.Wait(LONG));
    Instant before = Instant.parse(find(server.place()).get("created_at").asText());
    String id = server.place();
    eventually("it has a time", () -> !find(id).at("/waiting/until").isNull());
    JsonNode waiting = find(id).get("waiting");
    assertThat(waiting.get("for").asText()).isEqualTo("partner");
    assertThat(waiting.get("attempt").asInt()).isEqualTo(1);
    assertThat(waiting.get("until").asText()).matches(".*T.*\\.\\d{6}Z");
    assertThat(Instant.parse(waiting.get("until").asText()))
        .isBetween(before.plus(LONG), before.plus(LONG).plusSeconds(60));
  }

  @Test
  void anOpenBreakerIsTold() {
    server.partner.answers(this::onceLetThrough);
    String id = server.place();
    Lease lease = new Lease(OrderId.parse(id).orElseThrow(), 1);
    WorkQueue queue = server.store.queue("a");
    assertThat(queue.postpone(lease, LONG, WorkQueue.Obstacle.BREAKER)).isTrue();
    JsonNode waiting = find(id).get("waiting");
    assertThat(waiting.get("for").asText()).isEqualTo("breaker");
    assertThat(waiting.get("step").asText()).isEqualTo("confirmation");
    assertThat(waiting.get("attempt").asInt()).isEqualTo(1);
    assertThat(waiting.get("until").isTextual()).isTrue();
    assertThat(waiting.get("last_error").isNull()).isTrue();
  }

  @Test
  void anEndedOrderWaitsForNothing() {
    JsonNode ended = server.get("/orders/" + server.place(), "Prefer", "wait=30").json();
    assertThat(ended.get("status").asText()).isEqualTo("completed");
    assertThat(ended.get("waiting").toString()).isEqualTo("null");
    assertThat(ended.get("needs_attention").toString()).isEqualTo("false");
  }

  @Test
  void aParkedOrderNeedsAttentionAndSaysWhy() {
    String id = parked();
    JsonNode order = find(id);
    assertThat(order.get("needs_attention").toString()).isEqualTo("true");
    assertThat(order.get("status").asText()).isEqualTo("compensating");
    assertThat(order.get("step").asText()).isEqualTo("confirmation");
    assertThat(order.at("/failure/reason").asText()).isEqualTo("no funds");
    assertThat(order.get("waiting").toString())
        .isEqualTo(
            """
            {"for":"operator","step":"confirmation","attempt":null,"until":null,\
            "last_error":"already in the oven"}\
            """);
    JsonNode last =
        Optional.of(server.get("/orders/" + id + "/events").json().get("data"))
            .map(events -> events.get(events.size() - 1))
            .orElseThrow();
    assertThat(last.get("type").asText()).isEqualTo("undo_given_up");
    assertThat(last.get("step").asText()).isEqualTo("confirmation");
    assertThat(last.get("attempt").asInt()).isEqualTo(1);
    assertThat(last.get("reason").asText()).isEqualTo("already in the oven");
  }

  @Test
  void parkedOrdersAreListedByThemselves() {
    String parked = parked();
    server.partner.answers(ScriptedPartner::done);
    String other = server.place();
    server.get("/orders/" + other, "Prefer", "wait=30");
    assertThat(listed("needs_attention=true")).containsExactly(parked);
    assertThat(listed("needs_attention=true&status=completed")).isEmpty();
    assertThat(listed("")).containsExactly(other, parked);
    String second = parked();
    Answer page = server.get("/orders?needs_attention=true&limit=1");
    assertThat(page.json().get("data").get(0).get("id").asText()).isEqualTo(second);
    assertThat(page.header("Link")).contains("needs_attention=true");
  }

  @Test
  void aRetryHasAParkedOrderGoOnWhereItStopped() {
    String id = parked();
    server.partner.answersUndo(_ -> new Undo.Undone());
    Answer retried = server.post("/orders/" + id + "/retry", "");
    assertThat(retried.status()).isEqualTo(202);
    assertThat(retried.json().get("status").asText()).isEqualTo("compensating");
    assertThat(retried.json().get("needs_attention").asBoolean()).isFalse();
    assertThat(server.get("/orders/" + id, "Prefer", "wait=30").json().get("status").asText())
        .isEqualTo("failed");
    assertThat(server.partner.asked())
        .containsExactly(
            "do CONFIRMATION#1",
            "do PAYMENT#1",
            "undo PAYMENT#1",
            "undo CONFIRMATION#1",
            "undo CONFIRMATION#1");
  }
}
