package orders.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static orders.http.TestServer.GOOD_ORDER;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import orders.http.TestServer.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// P6: one key is one order.
final class IdempotencyKeyTest {
  private static final int CLIENTS = 50;

  private final TestServer server = new TestServer();

  @AfterEach
  void stop() {
    server.close();
  }

  private Answer post(String key, String body) {
    return server.send(
        server
            .request("/orders")
            .headers("Content-Type", "application/json", "Idempotency-Key", key)
            .POST(BodyPublishers.ofString(body)));
  }

  /// The bytes and headers that make up an answer.
  private static List<String> whole(Answer answer) {
    return List.of(
        String.valueOf(answer.status()),
        answer.header("Content-Type"),
        answer.header("Location"),
        answer.header("ETag"),
        answer.text());
  }

  /// Bytes that no client would send: all of the request but for its first line and its end.
  private String postRaw(String keyHeaders) {
    byte[] body = GOOD_ORDER.getBytes(UTF_8);
    return RawHttp.send(
        server,
        "POST /orders HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
            + "Content-Type: application/json\r\nContent-Length: "
            + body.length
            + "\r\n"
            + keyHeaders
            + "\r\n"
            + GOOD_ORDER);
  }

  @Test
  void aReplayIsAnsweredAsTheFirstTimeHoweverFarTheOrderGot() {
    Answer first = post("wish-1", GOOD_ORDER);
    assertThat(first.status()).isEqualTo(201);
    Answer ended = server.get(first.header("Location"), "Prefer", "wait=30");
    assertThat(ended.json().get("status").asText()).isEqualTo("completed");
    assertThat(whole(post("wish-1", GOOD_ORDER))).isEqualTo(whole(first));
    assertThat(server.store.size()).isEqualTo(1);
    assertThat(server.partner.asked()).hasSize(3);
  }

  @Test
  void anotherBodyUnderAKeyIsRefusedAndChangesNothing() {
    post("wish-1", GOOD_ORDER);
    Answer answer = post("wish-1", GOOD_ORDER.replace("1250", "1251"));
    ProblemAssert.isProblem(answer, 422);
    assertThat(answer.json().get("type").asText()).isEqualTo("/problems/idempotency-key-reused");
    assertThat(server.store.size()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        {
          "items": [{"unit_price": 1250, "quantity": 2, "sku": "p\\u0069zza"}],
          "customer_id": "me"
        }
        """,
        """
        {"customer_id":"me","merchant_id":"main","currency":"USD","reference":null,\
        "items":[{"sku":"pizza","name":null,"quantity":2,"unit_price":1250}]}\
        """
      })
  void theSameOrderWrittenDifferentlyIsTheSame(String body) {
    Answer first = post("wish-1", GOOD_ORDER);
    assertThat(whole(post("wish-1", body))).isEqualTo(whole(first));
    assertThat(server.store.size()).isEqualTo(1);
  }

  @Test
  void anotherKeyOrNoneIsAnotherOrder() {
    post("wish", GOOD_ORDER);
    post("Wish", GOOD_ORDER);
    server.place();
    server.place();
    assertThat(server.store.size()).isEqualTo(4);
  }

  @Test
  void anInvalidOrderDoesNotUseItsKeyUp() {
    ProblemAssert.isProblem(post("wish-1", "{\"customer_id\": \"me\"}"), 422);
    ProblemAssert.isProblem(post("wish-1", "{"), 400);
    assertThat(post("wish-1", GOOD_ORDER).status()).isEqualTo(201);
    Answer invalid = post("wish-1", "{\"customer_id\": \"me\"}");
    assertThat(invalid.json().get("type").asText()).isEqualTo("/problems/invalid-order");
  }

  @Test
  void parallelPostsOfOneKeyAreOneOrderAndEqualAnswers() {
    CountDownLatch allReady = new CountDownLatch(CLIENTS);
    List<CompletableFuture<Answer>> posts = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      posts.add(
          CompletableFuture.supplyAsync(
              () -> {
                allReady.countDown();
                try {
                  allReady.await();
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
                return post("wish-1", GOOD_ORDER);
              },
              task -> Thread.ofVirtual().start(task)));
    }
    List<List<String>> answers = posts.stream().map(post -> whole(post.join())).toList();
    assertThat(answers).hasSize(CLIENTS);
    assertThat(answers).containsOnly(answers.getFirst());
    assertThat(answers.getFirst().getFirst()).isEqualTo("201");
    assertThat(server.store.size()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Idempotency-Key:\r\n",
        "Idempotency-Key: \t \r\n",
        "Idempotency-Key: a b\r\n",
        "Idempotency-Key: a\tb\r\n",
        "Idempotency-Key: caf\u00e9\r\n",
        "Idempotency-Key: \u00c3\u00a9\r\n",
        "Idempotency-Key: \u00a0\r\n",
        "Idempotency-Key: \u0080\r\n",
        "Idempotency-Key: \u00ff\r\n",
        "Idempotency-Key: a\r\nIdempotency-Key: a\r\n",
        "Idempotency-Key: a\r\nidempotency-key: b\r\n",
        "Idempotency-Key: a\r\nIdempotency-Key:\r\n"
      })
  void whatIsNotAKeyIsRefusedByName(String headers) {
    assertThat(postRaw(headers))
        .startsWith("HTTP/1.1 400 ")
        .contains("application/problem+json", "Idempotency-Key must be");
    assertThat(server.store.size()).isZero();
  }

  @ParameterizedTest
  @ValueSource(chars = {'\u0000', '\u0001', '\u000b', '\u001b', '\u007f'})
  void controlCharactersAreRefused(char control) {
    assertThat(postRaw("Idempotency-Key: a" + control + "b\r\n"))
        .startsWith("HTTP/1.1 400 ")
        .contains("application/problem+json");
    assertThat(server.store.size()).isZero();
  }

  @Test
  void aKeyIsAtMost255Characters() {
    assertThat(postRaw("Idempotency-Key: " + "x".repeat(256) + "\r\n"))
        .startsWith("HTTP/1.1 400 ")
        .contains("Idempotency-Key must be");
    assertThat(server.store.size()).isZero();
    assertThat(postRaw("Idempotency-Key: " + "x".repeat(255) + "\r\n")).startsWith("HTTP/1.1 201 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "!", "~", "\"8e03978e\"", "a,b", "a;b=c", "';drop-table-orders"})
  void everyVisibleAsciiCharacterIsAllowed(String key) {
    String first = postRaw("Idempotency-Key: " + key + "\r\n");
    assertThat(first).startsWith("HTTP/1.1 201 ");
    String again = postRaw("IDEMPOTENCY-KEY:  \t" + key + " \r\n");
    assertThat(lasting(again)).isEqualTo(lasting(first));
    assertThat(server.store.size()).isEqualTo(1);
  }

  /// Without what is of one answer and not of what it says.
  private static String lasting(String answer) {
    return answer.replaceAll("(?:Date|X-Request-Id): [^\r]*\r\n", "");
  }
}
