package orders.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
import org.junit.jupiter.params.provider.ValueSource;

/// Partners that are as bad as they are told to be.
final class MisbehaviourTest {
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
    assertThat(client.effects()).hasSize(100).containsOnlyOnce("done");
    assertThat(client.ledger("payment").get("money_held")).hasToString("{\"USD\":2500}");
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
    assertThat(client.effects()).containsOnly("null");
    assertThat(client.ledger("payment").get("declined").asLong()).isEqualTo(1);
  }

  @Test
  void anErrorHasNoEffect() throws Exception {
    client.behave("payment", "{\"error_rate\": 1}");
    assertThat(client.put("payment").status()).isEqualTo(500);
    assertThat(client.delete("payment").status()).isEqualTo(500);
    client.behave("payment", "{\"error_rate\": 0}");
    assertThat(client.put("payment").result()).isEqualTo("done");
    assertThat(client.effects()).containsExactly("null", "null", "done");
  }

  @Test
  void aBusyPartnerSaysWhenToComeBack() throws Exception {
    client.behave("payment", "{\"busy_rate\": 1}");
    Answered busy = client.put("payment");
    assertThat(busy.status()).isEqualTo(429);
    assertThat(busy.headers().get("retry-after")).containsExactly("1");
    assertThat(client.effects()).containsExactly("null");
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
    assertThat(client.ledger("payment").get("held").asLong()).isEqualTo(1);
    assertThatThrownBy(() -> client.delete("payment")).isInstanceOf(IOException.class);
    assertThat(client.ledger("payment").get("undone").asLong()).isEqualTo(1);
    assertThat(client.get("/calls").get("data").findValuesAsText("answer"))
        .containsExactly("lost", "lost");
    assertThat(client.effects()).containsExactly("done", "undone");
  }

  @Test
  void refusesToTakeBackUntilSomebodySeesToIt() throws Exception {
    client.put("payment");
    client.behave("payment", "{\"refuse_undo_rate\": 1}");
    Answered refused = client.delete("payment");
    assertThat(refused.result()).isEqualTo("refused");
    assertThat(client.delete("payment").body()).isEqualTo(refused.body());
    assertThat(client.ledger("payment").get("held").asLong()).isEqualTo(1);
    client.behave("payment", "{\"refuse_undo_rate\": 0}");
    assertThat(client.delete("payment").result()).isEqualTo("undone");
  }

  @Test
  void aPartnerThatIsDownHangsUpAndRemembersNothingWhileOthersGoOn() throws Exception {
    client.behave("payment", "{\"down\": true}");
    assertThatThrownBy(() -> client.put("payment")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> client.delete("payment")).isInstanceOf(IOException.class);
    assertThat(client.effects()).isEmpty();
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
    try (SimulatorServer other = TestClient.server(seed)) {
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
}
