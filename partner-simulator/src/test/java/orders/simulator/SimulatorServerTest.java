package orders.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import orders.simulator.TestClient.Answered;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a partner does when all goes well, and what is remembered of it.
final class SimulatorServerTest {
  private SimulatorServer server;
  private TestClient client;

  @BeforeEach
  void start() throws Exception {
    server = TestClient.server("1");
    client = new TestClient(server.port());
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"confirmation", "payment", "delivery"})
  void doesAStepOnceAndSaysTheSameAgain(String step) throws Exception {
    Answered first = client.put(step);
    assertThat(first.status()).isEqualTo(200);
    assertThat(first.result()).isEqualTo("done");
    assertThat(first.body().get("reference").asText()).startsWith(step.charAt(0) + "-");
    assertThat(client.put(TestClient.ORDER, step, 2).body()).isEqualTo(first.body());
    assertThat(client.effects()).containsExactly("done", "null");
    assertThat(client.ledger(step).get("held").asLong()).isEqualTo(1);
  }

  @Test
  void takesBackWhatWasDoneAndKeepsToThat() throws Exception {
    client.put("payment");
    assertThat(client.delete("payment").result()).isEqualTo("undone");
    assertThat(client.delete("payment").result()).isEqualTo("undone");
    assertThat(client.put("payment").result()).isEqualTo("declined");
    assertThat(client.effects()).containsExactly("done", "undone", "null", "null");
    assertThat(client.ledger("payment"))
        .hasToString("{\"held\":0,\"undone\":1,\"declined\":0,\"tombstones\":0,\"money_held\":{}}");
  }

  @Test
  void whatIsTakenBackBeforeItArrivesTakesNoEffect() throws Exception {
    assertThat(client.delete("payment").result()).isEqualTo("undone");
    Answered late = client.put("payment");
    assertThat(late.result()).isEqualTo("declined");
    assertThat(late.body().get("reason").asText()).isEqualTo("taken back");
    assertThat(client.effects()).containsExactly("null", "null");
    assertThat(client.ledger("payment"))
        .hasToString("{\"held\":0,\"undone\":0,\"declined\":0,\"tombstones\":1,\"money_held\":{}}");
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
            "key":"%s/payment","attempt":1,"answer":"done","effect":"done","traceparent":null}\
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
}
