package orders.http;

import static orders.application.fake.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import orders.application.fake.ScriptedPartner;
import orders.application.port.Partner.Call;
import orders.application.port.Partner.Result;
import orders.domain.Reason;
import orders.domain.Step;
import orders.http.TestServer.Answer;
import orders.http.wire.RequestBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What the API answers when all is well.
final class OrderRoutesTest {
  private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z";

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

  private Answer awaitEnd(String id) {
    return server.get("/orders/" + id, "Prefer", "wait=30");
  }

  /// Ids and times differ each time.
  private static String timeless(Answer answer, String id) {
    return answer.text().replaceAll(TIME, "T").replace(id, "ID");
  }

  @Test
  void aPlacedOrderIsAnsweredAsItWasStored() {
    server.partner.answers(this::onceLetThrough);
    Answer placed =
        server.post(
            "/orders",
            """
            {"customer_id": "CG-12520", "merchant_id": "superstore-south", "currency": "USD", "reference": "CA-2016-152156",
             "items": [{"sku": "FUR-BO-10001798", "name": "Bush Somerset Collection Bookcase", "quantity": 2, "unit_price": 13098}]}\
            """);
    String id = placed.json().get("id").asText();
    assertThat(placed.status()).isEqualTo(201);
    assertThat(placed.header("Content-Type")).isEqualTo("application/json");
    assertThat(placed.header("Location")).isEqualTo("/orders/" + id);
    assertThat(placed.header("ETag")).isEqualTo("\"1\"");
    assertThat(timeless(placed, id))
        .isEqualTo(
            """
            {"id":"ID","status":"pending","step":null,"customer_id":"CG-12520","merchant_id":"superstore-south",\
            "reference":"CA-2016-152156","currency":"USD","total":26196,\
            "items":[{"sku":"FUR-BO-10001798","name":"Bush Somerset Collection Bookcase","quantity":2,"unit_price":13098}],\
            "version":1,"failure":null,\
            "waiting":{"for":"worker","step":null,"attempt":null,"until":null,"last_error":null},\
            "needs_attention":false,"created_at":"T","updated_at":"T"}\
            """);

    Answer found = server.get(placed.header("Location"));
    assertThat(found.status()).isEqualTo(200);
    assertThat(found.text())
        .isEqualTo(
            placed
                .text()
                .replace("\"pending\",\"step\":null", "\"processing\",\"step\":\"confirmation\"")
                .replace(
                    "\"worker\",\"step\":null,\"attempt\":null",
                    "\"partner\",\"step\":\"confirmation\",\"attempt\":1"));
  }

  @Test
  void whatIsNotSaidIsFilledIn() {
    Answer placed = server.post("/orders", TestServer.GOOD_ORDER);
    assertThat(placed.json().get("merchant_id").asText()).isEqualTo("main");
    assertThat(placed.json().get("currency").asText()).isEqualTo("USD");
    assertThat(placed.json().get("reference").isNull()).isTrue();
    assertThat(placed.json().get("items").get(0).get("name").isNull()).isTrue();
    Answer withNulls =
        server.post(
            "/orders",
            """
            {"customer_id": "me", "merchant_id": null, "currency": null, "reference": null,
             "items": [{"sku": "pizza", "name": null, "quantity": 2, "unit_price": 1250}]}\
            """);
    assertThat(withNulls.status()).isEqualTo(201);
  }

  @Test
  void theExtremesThatAreAllowedAreTaken() {
    String text = "🍕".repeat(256);
    String line =
        "{\"sku\":\""
            + text
            + "\",\"name\":\""
            + text
            + "\",\"quantity\":1000000,\"unit_price\":1}";
    Answer placed =
        server.send(
            server
                .request("/orders")
                .headers(
                    "Content-Type",
                    "Application/JSON;Charset=\"UTF-8\"",
                    "Content-Encoding",
                    "identity")
                .POST(
                    BodyPublishers.ofString(
                        "{\"customer_id\":\""
                            + text
                            + "\",\"reference\":\""
                            + text
                            + "\",\"currency\":\"JPY\",\"items\":["
                            + line
                            + ",{\"sku\":\"a\",\"quantity\":1,\"unit_price\":9223372036853775807}]}")));
    assertThat(placed.status()).as(placed.text()).isEqualTo(201);
    assertThat(placed.json().get("total").asLong()).isEqualTo(Long.MAX_VALUE);
    assertThat(placed.json().get("customer_id").asText()).isEqualTo(text);
    String lines = "{\"sku\":\"a\",\"quantity\":1,\"unit_price\":1},".repeat(499);
    assertThat(
            server
                .post(
                    "/orders",
                    "{\"customer_id\":\"c\",\"items\":["
                        + lines
                        + "{\"sku\":\"a\",\"quantity\":1,\"unit_price\":1}]}")
                .json()
                .get("items"))
        .hasSize(500);
    String padding = " ".repeat(RequestBody.MAX_BYTES - TestServer.GOOD_ORDER.length());
    assertThat(server.post("/orders", padding + TestServer.GOOD_ORDER).status()).isEqualTo(201);
  }

  @Test
  void theHistoryTellsAllThatHappened() {
    String id = server.place();
    awaitEnd(id);
    Answer history = server.get("/orders/" + id + "/events");
    assertThat(timeless(history, id))
        .isEqualTo(
            """
            {"data":[{"seq":1,"type":"placed","at":"T"},\
            {"seq":2,"type":"step_done","step":"confirmation","partner_reference":"ID/confirmation","attempt":1,"at":"T"},\
            {"seq":3,"type":"step_done","step":"payment","partner_reference":"ID/payment","attempt":1,"at":"T"},\
            {"seq":4,"type":"step_done","step":"delivery","partner_reference":"ID/delivery","attempt":1,"at":"T"},\
            {"seq":5,"type":"completed","at":"T"}]}\
            """);
  }

  @Test
  void aFailedOrderSaysWhyAndCanBeRetried() {
    server.partner.answers(call ->
        call.step() == Step.PAYMENT && call.order().round() == 1
            ? new Result.Declined(Reason.of("no funds"))
            : ScriptedPartner.done(call));
    String id = server.place();
    Answer failed = awaitEnd(id);
    assertThat(failed.json().get("status").asText()).isEqualTo("failed");
    assertThat(failed.json().get("step").isNull()).isTrue();
    assertThat(failed.json().get("failure").toString())
        .isEqualTo("{\"step\":\"payment\",\"kind\":\"declined\",\"reason\":\"no funds\"}");
    List<String> types = new ArrayList<>();
    server
        .get("/orders/" + id + "/events")
        .json()
        .get("data")
        .forEach(event -> types.add(event.get("type").asText()));
    assertThat(types)
        .containsExactly(
            "placed", "step_done", "step_declined", "step_undone", "step_undone", "failed");

    Answer retried = server.post("/orders/" + id + "/retry", "");
    assertThat(retried.status()).isEqualTo(202);
    assertThat(retried.json().get("status").asText()).isEqualTo("processing");
    assertThat(retried.json().get("failure").isNull()).isTrue();
    assertThat(awaitEnd(id).json().get("status").asText()).isEqualTo("completed");
    Answer again = server.post("/orders/" + id + "/retry", "");
    ProblemAssert.isProblem(again, 409);
    assertThat(again.json().get("detail").asText()).contains("completed");
  }

  @Test
  void anOrderInProgressCanBeCancelledOnce() {
    server.partner.answers(this::onceLetThrough);
    String id = server.place();
    Answer cancelled = server.post("/orders/" + id + "/cancel", "");
    assertThat(cancelled.status()).isEqualTo(202);
    assertThat(cancelled.header("ETag")).isEqualTo("\"2\"");
    assertThat(cancelled.json().get("status").asText()).isEqualTo("compensating");
    assertThat(cancelled.json().get("step").asText()).isEqualTo("confirmation");
    gate.release(10);
    assertThat(awaitEnd(id).json().get("status").asText()).isEqualTo("cancelled");
    Answer again = server.post("/orders/" + id + "/cancel", "");
    ProblemAssert.isProblem(again, 409);
    assertThat(again.json().get("detail").asText()).contains("cancelled");
  }

  @Test
  void aWaitEndsWithTheOrderOrWithTheTime() {
    server.partner.answers(this::onceLetThrough);
    String id = server.place();
    Answer early = server.get("/orders/" + id, "Prefer", "respond-async, wait=0;x=y, wait=5");
    assertThat(early.status()).isEqualTo(200);
    Answer late = server.get("/orders/" + id, "Prefer", "respond-async, wait=1");
    assertThat(late.json().get("status").asText()).isEqualTo("processing");
    assertThat(late.header("Preference-Applied")).isEqualTo("wait=1");
    CompletableFuture<Answer> held =
        CompletableFuture.supplyAsync(
            () -> server.get("/orders/" + id, "Prefer", "wait=86400"),
            task -> Thread.ofVirtual().start(task));
    gate.release(3);
    assertThat(held.join().json().get("status").asText()).isEqualTo("completed");
    assertThat(held.join().header("Preference-Applied")).isEqualTo("wait=60");
  }

  @Test
  void anotherPreferenceIsIgnored() {
    String id = server.place();
    Answer answer = server.get("/orders/" + id, "Prefer", "return=minimal");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Preference-Applied")).isEmpty();
  }

  @Test
  void theListIsReadPageByPageByFollowingItsLinks() {
    List<String> placed = new ArrayList<>();
    for (int i = 0; i < 45; i++) {
      placed.addFirst(server.place());
    }
    List<String> listed = new ArrayList<>();
    String next = "/orders?limit=7&customer_id=me";
    int pages = 0;
    while (!next.isEmpty()) {
      Answer page = server.get(next);
      page.json().get("data").forEach(order -> listed.add(order.get("id").asText()));
      pages++;
      next = page.header("Link").replaceAll("^<([^>]*)>; rel=\"next\"$", "$1");
      assertThat(page.json().get("next_cursor").isNull()).isEqualTo(next.isEmpty());
    }
    assertThat(listed).isEqualTo(placed);
    assertThat(new HashSet<>(listed)).hasSize(45);
    assertThat(pages).isEqualTo(7);
  }

  @Test
  void filtersAreHeardAndKeptInTheLink() {
    String odd = "Müller & Söhne+%/?#";
    for (int i = 0; i < 3; i++) {
      server.post(
          "/orders",
          "{\"customer_id\":\""
              + odd
              + "\",\"merchant_id\":\"m\",\"reference\":\"r"
              + i
              + "\",\"items\":[{\"sku\":\"a\",\"quantity\":1,\"unit_price\":1}]}");
    }
    server.place();
    String encoded = URLEncoder.encode(odd, StandardCharsets.UTF_8);
    Answer first = server.get("/orders?limit=2&customer_id=" + encoded);
    assertThat(first.json().get("data")).hasSize(2);
    String next = first.header("Link").replaceAll("^<([^>]*)>.*", "$1");
    assertThat(server.get(next).json().get("data")).hasSize(1);
    assertThat(server.get("/orders?reference=r1").json().get("data")).hasSize(1);
    assertThat(server.get("/orders?merchant_id=m").json().get("data")).hasSize(3);
    assertThat(server.get("/orders?merchant_id=main").json().get("data")).hasSize(1);
    eventually(
        "all are completed",
        () -> server.get("/orders?status=completed").json().get("data").size() == 4);
    assertThat(server.get("/orders?status=failed").json().get("data")).isEmpty();
    String created =
        server.get("/orders?reference=r1").json().get("data").get(0).get("created_at").asText();
    assertThat(server.get("/orders?reference=r1&created_from=" + created).json().get("data"))
        .hasSize(1);
    assertThat(server.get("/orders?reference=r1&created_to=" + created).json().get("data"))
        .isEmpty();
  }
}
