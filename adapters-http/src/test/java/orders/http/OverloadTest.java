package orders.http;

import static orders.application.fake.Eventually.eventually;
import static orders.http.TestServer.GOOD_ORDER;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import orders.http.TestServer.Answer;
import orders.http.jetty.ConnectionLimits;
import orders.http.jetty.Limits;
import orders.http.wire.RequestBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// P7 of requests: as many as are allowed are handled at once, and one more is told so at once.
final class OverloadTest {
  private static final int MOST = 2;
  private static final Duration PATIENT = Duration.ofMinutes(10);
  private static final String POST =
      "POST /orders HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
  private static final String LENGTH = "Content-Length: " + GOOD_ORDER.length() + "\r\n";

  private final TestServer server =
      new TestServer(
          new Limits(
              MOST,
              MOST,
              PATIENT,
              Duration.ofMillis(50),
              new ConnectionLimits(1_000, PATIENT, PATIENT, 1)));
  private final Deque<RawConnection> held = new ArrayDeque<>();

  @AfterEach
  void stop() throws IOException {
    for (RawConnection client : held) {
      client.close();
    }
    server.close();
  }

  /// Has as many requests handled as there is room for, until their bodies are sent.
  private void fill() throws IOException {
    while (held.size() < MOST) {
      RawConnection client = server.connect();
      client.send(POST + LENGTH + "Expect: 100-continue\r\n\r\n");
      // Answers to those before may still be on their way out.
      if (client.readHead().orElseThrow().status() == 100) {
        held.add(client);
      } else {
        client.close();
      }
    }
  }

  private void empty() throws IOException {
    while (!held.isEmpty()) {
      try (RawConnection client = held.remove()) {
        client.send(GOOD_ORDER);
        assertThat(client.read().orElseThrow().status()).isEqualTo(201);
      }
    }
  }

  private void awaitRoom() {
    eventually("there is room again", () -> server.get("/orders").status() == 200);
  }

  @Test
  void oneMoreIsRefusedAtOnceAndTheOthersAreAnswered() throws IOException {
    fill();
    Answer refused = server.post("/orders", GOOD_ORDER);
    ProblemAssert.isProblem(refused, 503);
    assertThat(refused.json().get("type").asText()).isEqualTo("/problems/unavailable");
    assertThat(refused.header("Retry-After")).isEqualTo("1");
    assertThat(refused.header("Cache-Control")).isEqualTo("no-store");
    assertThat(server.get("/nothing").status()).isEqualTo(503);
    assertThat(server.store.size()).isZero();
    empty();
    awaitRoom();
  }

  @Test
  void healthIsAnsweredAllTheSame() throws IOException {
    fill();
    for (String path : List.of("/health", "/health/live", "/health/ready")) {
      assertThat(server.get(path).status()).as(path).isEqualTo(200);
    }
    assertThat(server.get("/healthy").status()).isEqualTo(503);
    empty();
  }

  @Test
  void checksOfHealthAreBoundedByThemselves() {
    Semaphore database = new Semaphore(0);
    server.database =
        () -> {
          database.acquireUninterruptibly();
          return true;
        };
    List<CompletableFuture<Answer>> checks = new ArrayList<>();
    for (int i = 0; i < MOST; i++) {
      checks.add(server.getLater("/health/ready"));
    }
    eventually("they are under way", () -> database.getQueueLength() == MOST);
    assertThat(server.get("/health").status()).isEqualTo(503);
    assertThat(server.get("/orders").status()).isEqualTo(200);
    database.release(MOST);
    checks.forEach(check -> assertThat(check.join().status()).isEqualTo(200));
  }

  @Test
  void everyAnswerMakesRoom() throws IOException {
    String id = server.place();
    for (int i = 0; i < 3 * MOST; i++) {
      server.get("/orders/" + id);
      server.get("/orders/" + id, "Prefer", "wait=x");
      server.get("/nothing");
      server.send(server.request("/orders").method("HEAD", BodyPublishers.noBody()));
      server.post("/orders", "{");
      RawHttp.send(server, POST + "Content-Length: 100\r\n\r\n{");
      RawHttp.send(server, POST + "Transfer-Encoding: chunked\r\n\r\nx\r\n");
      RawHttp.send(server, "GET /orders HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n");
    }
    awaitRoom();
    fill();
    empty();
  }

  @Test
  void whoGoesAwayMakesRoom() throws IOException {
    fill();
    while (!held.isEmpty()) {
      held.remove().close();
    }
    awaitRoom();
    fill();
    empty();
  }

  @Test
  void aRefusedConnectionCanBeUsedAgain() throws IOException {
    fill();
    try (RawConnection client = server.connect()) {
      // The body follows only after the answer.
      client.send(POST + LENGTH + "\r\n");
      RawAnswer refused = client.read().orElseThrow();
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.text("title")).isNotEmpty();
      client.send(GOOD_ORDER);
      client.send("HEAD /orders HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(client.readHead().orElseThrow().status()).isEqualTo(503);
      client.send("GET /health HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(client.read().orElseThrow().status()).isEqualTo(200);
      empty();
      awaitRoom();
      client.send(POST + LENGTH + "\r\n" + GOOD_ORDER);
      assertThat(client.read().orElseThrow().status()).isEqualTo(201);
    }
  }

  @Test
  void whatIsStillSentByOneWhoWasRefusedIsReadWithinBounds() throws IOException {
    fill();
    try (RawConnection client = server.connect()) {
      client.send(POST + "Content-Length: 1000000000\r\n\r\n");
      assertThat(client.read().orElseThrow().status()).isEqualTo(503);
      client.send(new byte[2 * RequestBody.MAX_DISCARDED]);
      assertThat(client.readToEnd()).isEmpty();
    }
    empty();
  }
}
