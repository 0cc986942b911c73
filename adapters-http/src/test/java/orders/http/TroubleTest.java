package orders.http;

import static orders.application.fake.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import orders.application.fake.ScriptedPartner;
import orders.http.TestServer.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What the API answers when something is wrong with the world, or a lot with a request.
final class TroubleTest {
  private final TestServer server = new TestServer();

  @AfterEach
  void stop() {
    server.store.setReachable(true);
    server.close();
  }

  private static List<String> pointers(JsonNode problem) {
    List<String> pointers = new ArrayList<>();
    problem.get("errors").forEach(error -> pointers.add(error.get("pointer").asText()));
    return pointers;
  }

  @Test
  void everyViolationIsNamedAtOnceWithItsPlace() {
    Answer answer =
        server.post(
            "/orders",
            """
            {"customer_id": 5, "merchant_id": "", "currency": "usd", "a/b~c": 1,
             "items": [{"sku": "a", "quantity": 0, "unit_price": 1},
                       {"quantity": 1.5, "unit_price": -1, "colour": "red"}, 7]}\
            """);
    ProblemAssert.isProblem(answer, 422);
    assertThat(pointers(answer.json()))
        .containsExactlyInAnyOrder(
            "/customer_id",
            "/merchant_id",
            "/currency",
            "/a~1b~0c",
            "/items/0/quantity",
            "/items/1/sku",
            "/items/1/quantity",
            "/items/1/unit_price",
            "/items/1/colour",
            "/items/2");
    assertThat(answer.json().get("detail").asText()).contains("10 violations");
  }

  @Test
  void moreViolationsThanAnybodyReadsAreCountedOnly() {
    Answer answer =
        server.post("/orders", "{\"customer_id\":\"c\",\"items\":[" + "7,".repeat(399) + "7]}");
    ProblemAssert.isProblem(answer, 422);
    assertThat(answer.json().get("errors")).hasSize(100);
    assertThat(answer.json().get("detail").asText()).contains("400 violations");
  }

  @Test
  void whatAClientSentIsNotSentBackAtLength() {
    Answer answer = server.post("/orders", "{\"" + "secret".repeat(1_000) + "\":1}");
    assertThat(answer.text()).hasSizeLessThan(1_000);
  }

  @Test
  void aStoreOutOfReachIs503WithATimeToComeBack() {
    String id = server.place();
    server.store.setReachable(false);
    for (Answer answer :
        List.of(
            server.post("/orders", TestServer.GOOD_ORDER),
            server.get("/orders"),
            server.get("/orders/" + id),
            server.get("/orders/" + id + "/events"),
            server.post("/orders/" + id + "/cancel", ""),
            server.post("/orders/" + id + "/retry", ""),
            server.get("/health/ready"))) {
      assertThat(answer.status()).isEqualTo(503);
      ProblemAssert.isProblem(answer, 503);
      assertThat(answer.header("Retry-After")).isEqualTo("1");
    }
    assertThat(server.get("/health/live").status()).isEqualTo(200);
    assertThat(server.get("/health").json().get("status").asText()).isEqualTo("up");
    server.store.setReachable(true);
    assertThat(server.get("/health/ready").status()).isEqualTo(200);
  }

  @Test
  void aDrainingServerIsAliveButNotReady() {
    server.node.dispatcher.stop(Duration.ZERO);
    ProblemAssert.isProblem(server.get("/health/ready"), 503);
    assertThat(server.get("/health/live").status()).isEqualTo(200);
  }

  @Test
  void aHeldRequestIsAnsweredAtOnceWhenTheServerDrains() {
    Semaphore gate = new Semaphore(0);
    server.partner.answers(call -> {
      gate.acquireUninterruptibly();
      return ScriptedPartner.done(call);
    });
    String id = server.place();
    CompletableFuture<Answer> held =
        CompletableFuture.supplyAsync(
            () -> server.get("/orders/" + id, "Prefer", "wait=60"),
            task -> Thread.ofVirtual().start(task));
    eventually("the request is held", () -> server.node.watch.isWatched());
    server.node.watch.close();
    assertThat(held.join().json().get("status").asText()).isEqualTo("processing");
    gate.release(3);
  }
}
