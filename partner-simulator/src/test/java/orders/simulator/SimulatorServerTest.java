package orders.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import orders.simulator.TestClient.Answered;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SimulatorServerTest {
  private SimulatorServer server;
  private TestClient client;

  @BeforeEach
  void start() throws Exception {
    server = started("1");
    client = new TestClient(server.port());
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private static SimulatorServer started(String seed) throws Exception {
    return SimulatorServer.start(SimulatorSettings.read(Map.of("PORT", "0", "SEED", seed)));
  }

  private JsonNode ledger(String step) throws Exception {
    return client.get("/ledger").get(step);
  }

  private List<String> effects() throws Exception {
    return client.get("/calls").get("data").findValuesAsText("effect");
  }

  @ParameterizedTest
  @ValueSource(strings = {"confirmation", "payment", "delivery"})
  void doesAStepOnceAndSaysTheSameAgain(String step) throws Exception {
    Answered first = client.put(step);
    assertThat(first.status()).isEqualTo(200);
    assertThat(first.result()).isEqualTo("done");
    assertThat(first.body().get("reference").asText()).startsWith(step.charAt(0) + "-");
    assertThat(client.put(TestClient.ORDER, step, 2).body()).isEqualTo(first.body());
    assertThat(effects()).containsExactly("done", "null");
    assertThat(ledger(step).get("held").asLong()).isEqualTo(1);
  }

  @Test
  void takesBackWhatWasDoneAndKeepsToThat() throws Exception {
    client.put("payment");
    assertThat(client.delete("payment").result()).isEqualTo("undone");
    assertThat(client.delete("payment").result()).isEqualTo("undone");
    assertThat(client.put("payment").result()).isEqualTo("declined");
    assertThat(effects()).containsExactly("done", "undone", "null", "null");
    assertThat(ledger("payment"))
        .hasToString("{\"held\":0,\"undone\":1,\"declined\":0,\"tombstones\":0,\"money_held\":{}}");
  }

  @Test
  void whatIsTakenBackBeforeItArrivesTakesNoEffect() throws Exception {
    assertThat(client.delete("payment").result()).isEqualTo("undone");
    Answered late = client.put("payment");
    assertThat(late.result()).isEqualTo("declined");
    assertThat(late.body().get("reason").asText()).isEqualTo("taken back");
    assertThat(effects()).containsExactly("null", "null");
    assertThat(ledger("payment"))
        .hasToString("{\"held\":0,\"undone\":0,\"declined\":0,\"tombstones\":1,\"money_held\":{}}");
  }

  @Test
  void aHundredCallsAtOnceUnderOneKeyTakeEffectOnce() throws Exception {
    client.behave("payment", "{\"latency_ms\": 50}");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Answered>> calls =
          IntStream.rangeClosed(1, 100)
              .<Callable<Answered>>mapToObj(
                  attempt -> () -> client.put(TestClient.ORDER, "payment", attempt))
              .toList();
      List<JsonNode> answers = new ArrayList<>();
      for (Future<Answered> answer : threads.invokeAll(calls)) {
        answers.add(answer.get().body());
      }
      assertThat(answers).hasSize(100).containsOnly(answers.getFirst());
    }
    assertThat(effects()).hasSize(100).containsOnlyOnce("done");
    assertThat(ledger("payment").get("money_held")).hasToString("{\"USD\":2500}");
  }

  @Test
  void aNoStaysANo() throws Exception {
    client.behave("payment", "{\"decline_rate\": 1}");
    Answered no = client.put("payment");
    assertThat(no.result()).isEqualTo("declined");
    assertThat(no.body().get("reason").asText()).isEqualTo("simulated decline");
    client.behave("payment", "{\"decline_rate\": 0}");
    assertThat(client.delete("payment").result()).isEqualTo("undone");
    assertThat(client.put("payment").body()).isEqualTo(no.body());
    assertThat(effects()).containsOnly("null");
    assertThat(ledger("payment").get("declined").asLong()).isEqualTo(1);
  }

  @Test
  void anErrorHasNoEffect() throws Exception {
    client.behave("payment", "{\"error_rate\": 1}");
    assertThat(client.put("payment").status()).isEqualTo(500);
    assertThat(client.delete("payment").status()).isEqualTo(500);
    client.behave("payment", "{\"error_rate\": 0}");
    assertThat(client.put("payment").result()).isEqualTo("done");
    assertThat(effects()).containsExactly("null", "null", "done");
  }

  @Test
  void aBusyPartnerSaysWhenToComeBack() throws Exception {
    client.behave("payment", "{\"busy_rate\": 1}");
    Answered busy = client.put("payment");
    assertThat(busy.status()).isEqualTo(429);
    assertThat(busy.headers().get("retry-after")).containsExactly("1");
    assertThat(effects()).containsExactly("null");
  }

  @Test
  void aKeyIsToldToWaitTwiceAtMost() throws Exception {
    client.behave("payment", "{\"wait_rate\": 1}");
    Instant before = Instant.now();
    Answered wait = client.put("payment");
    assertThat(wait.result()).isEqualTo("wait");
    assertThat(Instant.parse(wait.body().get("until").asText()))
        .isBetween(before.plusMillis(990), Instant.now().plusSeconds(1));
    assertThat(client.put("payment").result()).isEqualTo("wait");
    assertThat(client.put("payment").result()).isEqualTo("done");
  }

  @Test
  void anUndoMayBeToldToWaitToo() throws Exception {
    client.put("payment");
    client.behave("payment", "{\"wait_rate\": 1}");
    assertThat(client.delete("payment").result()).isEqualTo("wait");
    assertThat(client.put("payment").result()).isEqualTo("done");
    assertThat(client.delete("payment").result()).isEqualTo("wait");
    assertThat(client.delete("payment").result()).isEqualTo("undone");
  }

  @Test
  void aLostAnswerTookEffect() throws Exception {
    client.behave("payment", "{\"lost_answer_rate\": 1}");
    assertThatThrownBy(() -> client.put("payment")).isInstanceOf(IOException.class);
    assertThat(ledger("payment").get("held").asLong()).isEqualTo(1);
    assertThatThrownBy(() -> client.delete("payment")).isInstanceOf(IOException.class);
    assertThat(ledger("payment").get("undone").asLong()).isEqualTo(1);
    assertThat(client.get("/calls").get("data").findValuesAsText("answer"))
        .containsExactly("lost", "lost");
    assertThat(effects()).containsExactly("done", "undone");
  }

  @Test
  void refusesToTakeBackUntilSomebodySeesToIt() throws Exception {
    client.put("payment");
    client.behave("payment", "{\"refuse_undo_rate\": 1}");
    Answered refused = client.delete("payment");
    assertThat(refused.result()).isEqualTo("refused");
    assertThat(client.delete("payment").body()).isEqualTo(refused.body());
    assertThat(ledger("payment").get("held").asLong()).isEqualTo(1);
    client.behave("payment", "{\"refuse_undo_rate\": 0}");
    assertThat(client.delete("payment").result()).isEqualTo("undone");
  }

  @Test
  void aPartnerThatIsDownHangsUpAndRemembersNothingWhileOthersGoOn() throws Exception {
    client.behave("payment", "{\"down\": true}");
    assertThatThrownBy(() -> client.put("payment")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> client.delete("payment")).isInstanceOf(IOException.class);
    assertThat(effects()).isEmpty();
    assertThat(client.put("delivery").result()).isEqualTo("done");
    client.behave("payment", "{\"down\": false}");
    assertThat(client.put("payment").result()).isEqualTo("done");
  }

  @Test
  void takesItsTime() throws Exception {
    client.behave("payment", "{\"latency_ms\": 300}");
    long start = System.nanoTime();
    client.put("payment");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(290));
  }

  @Test
  void whatHappensAtARateHappensTheSameWithTheSameSeed() throws Exception {
    String half =
        """
        {"decline_rate": 0.5, "error_rate": 0.2, "busy_rate": 0.2, "wait_rate": 0.2,
         "refuse_undo_rate": 0.5}\
        """;
    List<String> one = answersOf("7", half);
    assertThat(one).isEqualTo(answersOf("7", half)).isNotEqualTo(answersOf("8", half));
    assertThat(one).contains("done", "declined", "undone", "refused", "wait", "busy", "error");
  }

  private static List<String> answersOf(String seed, String behaviour) throws Exception {
    try (SimulatorServer other = started(seed)) {
      TestClient asking = new TestClient(other.port());
      asking.behave("payment", behaviour);
      for (int order = 0; order < 100; order++) {
        asking.put("order-" + order, "payment", 1);
        asking.put("order-" + order, "payment", 2);
        asking.delete("order-" + order, "payment");
      }
      return asking.get("/calls").get("data").findValuesAsText("answer");
    }
  }

  @Test
  void listsEveryCall() throws Exception {
    client.put("payment");
    client.put(TestClient.ORDER, "delivery", 3);
    client.delete("payment");
    JsonNode calls = client.get("/calls").get("data");
    Instant at = Instant.parse(calls.get(0).get("at").asText());
    assertThat(at).isBetween(Instant.now().minusSeconds(60), Instant.now());
    assertThat(calls.get(0))
        .hasToString(
            """
            {"n":1,"at":"%s","method":"PUT","step":"payment","order_id":"%s","round":1,\
            "key":"%s/payment","attempt":1,"answer":"done","effect":"done"}\
            """
                .formatted(at, TestClient.ORDER, TestClient.ORDER));
    assertThat(calls.get(2).get("attempt").isNull()).isTrue();
    assertThat(calls.get(2).get("effect").asText()).isEqualTo("undone");
    assertThat(client.get("/calls?after=1").get("data").findValuesAsText("n"))
        .containsExactly("2", "3");
    assertThat(client.get("/calls?after=3").get("data")).isEmpty();
    assertThat(client.get("/calls?after=99").get("data")).isEmpty();
  }

  @Test
  void keepsALedgerOfEachOrder() throws Exception {
    client.put("confirmation");
    client.put("payment");
    client.delete("delivery");
    client.delete("payment");
    client.put("another", "payment", 1);
    assertThat(client.get("/ledger/" + TestClient.ORDER).get("data"))
        .hasToString(
            """
            [{"step":"confirmation","round":1,"state":"held"},\
            {"step":"payment","round":1,"state":"undone"},\
            {"step":"delivery","round":1,"state":"tombstone"}]\
            """);
    assertThat(client.get("/ledger/unheard-of").get("data")).isEmpty();
    assertThat(client.get("/ledger"))
        .hasToString(
            """
            {"confirmation":{"held":1,"undone":0,"declined":0,"tombstones":0},\
            "payment":{"held":1,"undone":1,"declined":0,"tombstones":0,"money_held":{"USD":2500}},\
            "delivery":{"held":0,"undone":0,"declined":0,"tombstones":1}}\
            """);
  }

  @Test
  void aNewRoundIsANewKey() throws Exception {
    client.put("payment");
    client.delete("payment");
    String key = TestClient.key(TestClient.ORDER, "payment") + "/2";
    String path = "/payment/" + TestClient.ORDER + "/2";
    String body =
        TestClient.body(TestClient.ORDER, "payment", 1).replace("\"round\": 1", "\"round\": 2");
    assertThat(client.send("PUT", path, body, "Idempotency-Key", key).result()).isEqualTo("done");
    assertThat(client.get("/ledger/" + TestClient.ORDER).get("data").findValuesAsText("state"))
        .containsExactly("undone", "held");
  }

  @Test
  void showsHowItBehavesAndChangesOnlyWhatItIsTold() throws Exception {
    assertThat(client.get("/payment/behaviour"))
        .hasToString(
            """
            {"latency_ms":0,"decline_rate":0.0,"error_rate":0.0,"lost_answer_rate":0.0,\
            "busy_rate":0.0,"wait_rate":0.0,"refuse_undo_rate":0.0,"down":false}\
            """);
    client.behave("payment", "{\"decline_rate\": 0.25}");
    Answered answered = client.behave("payment", "{\"down\": true}");
    assertThat(answered.status()).isEqualTo(200);
    assertThat(answered.body()).isEqualTo(client.get("/payment/behaviour"));
    assertThat(answered.body().get("decline_rate").asDouble()).isEqualTo(0.25);
    assertThat(answered.body().get("down").asBoolean()).isTrue();
    assertThat(client.get("/delivery/behaviour").get("down").asBoolean()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"decline_rate\": 1.1}",
        "{\"decline_rate\": -0.1}",
        "{\"decline_rate\": \"0.5\"}",
        "{\"decline_rate\": null}",
        "{\"decline_rate\": 0.1, \"decline_rate\": 0.2}",
        "{\"latency_ms\": -1}",
        "{\"latency_ms\": 1.5}",
        "{\"latency_ms\": 3600001}",
        "{\"down\": 1}",
        "{\"down\": \"true\"}",
        "{\"downn\": true}",
        "{\"declineRate\": 1}",
        "[]",
        "",
        "{",
        "{} {}"
      })
  void refusesABehaviourThatIsNone(String behaviour) throws Exception {
    Answered refused = client.behave("payment", behaviour);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body().get("error").asText()).isNotBlank();
    assertThat(client.get("/payment/behaviour").get("down").asBoolean()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "'\"attempt\": 1', '\"attempt\": 0'",
    "'\"attempt\": 1', '\"attempt\": \"1\"'",
    "'\"attempt\": 1', '\"attempt\": 1.5'",
    "'\"attempt\": 1,', ''",
    "'\"round\": 1', '\"round\": 2'",
    "'\"step\": \"payment\"', '\"step\": \"delivery\"'",
    "'\"customer_id\": \"me\"', '\"customer_id\": null'",
    "'\"customer_id\": \"me\"', '\"customer_id\": 1'",
    "'\"customer_id\": \"me\"', '\"customer_id\": \"me\", \"customer_id\": \"me\"'",
    "'\"merchant_id\": \"main\",', ''",
    "'\"reference\": null,', ''",
    "'\"currency\": \"USD\"', '\"currency\": \"usd\"'",
    "'\"currency\": \"USD\"', '\"currency\": null'",
    "'\"total\": 2500', '\"total\": 2501'",
    "'\"total\": 2500', '\"total\": 25.00'",
    "'\"quantity\": 2', '\"quantity\": 0'",
    "'\"unit_price\": 1250', '\"unit_price\": -1250'",
    "'\"sku\": \"pizza\"', '\"sku\": null'",
    "'}]}', '}]} 1'",
    "'}]}', '}]'"
  })
  void refusesAnOrderThatIsNone(String right, String wrong) throws Exception {
    String body = TestClient.body(TestClient.ORDER, "payment", 1);
    assertThat(body).contains(right);
    Answered refused =
        client.send(
            "PUT",
            "/payment/" + TestClient.ORDER + "/1",
            body.replace(right, wrong),
            "Idempotency-Key",
            TestClient.key(TestClient.ORDER, "payment"));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body().get("error").asText()).isNotBlank();
    assertThat(effects()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /nothing, 404",
    "GET, /ledger/a/b, 404",
    "GET, /calls/1, 404",
    "GET, /calls?after=x, 400",
    "GET, /calls?after=-1, 400",
    "GET, /calls?before=1, 400",
    "POST, /calls, 405",
    "DELETE, /ledger, 405",
    "DELETE, /payment/behaviour, 405",
    "POST, /payment/o/1, 405",
    "DELETE, /payment/o/0, 400",
    "DELETE, /payment/o/01, 400",
    "DELETE, /payment/o/x, 400",
    "DELETE, /payment/o/1, 400",
    "DELETE, /payment//1, 400",
    "DELETE, /payment/a%20b/1, 400",
    "DELETE, /payment/o, 404",
    "DELETE, /payment/o/1/, 404",
    "GET, /health, 200"
  })
  void saysWhatItDoesNotUnderstand(String method, String path, int status) throws Exception {
    // Of the deletes, none has the key that belongs to it.
    assertThat(client.send(method, path, "", "Idempotency-Key", "k").status()).isEqualTo(status);
  }
}
