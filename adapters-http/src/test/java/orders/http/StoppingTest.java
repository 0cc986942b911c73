package orders.http;

import static orders.application.fake.Eventually.eventually;
import static orders.http.TestServer.GOOD_ORDER;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import orders.application.fake.ScriptedPartner;
import orders.http.TestServer.Answer;
import orders.http.jetty.Limits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What becomes of connections that were open when the server began to stop.
final class StoppingTest {
  private static final Duration NO_TIME = Duration.ofMillis(50);
  private static final Duration A_MOMENT = Duration.ofSeconds(1);
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final String HOST = " HTTP/1.1\r\nHost: x\r\n";
  private static final String READY = "GET /health/ready" + HOST + "\r\n";
  private static final String POST =
      "POST /orders"
          + HOST
          + "Content-Type: application/json\r\nContent-Length: "
          + GOOD_ORDER.length()
          + "\r\n";

  private final Semaphore gate = new Semaphore(0);
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    gate.release(1_000);
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }

  /// @param lastWord how long a connection may be silent during a stop
  private TestServer start(Duration lastWord, Duration stopTimeout) {
    TestServer server =
        new TestServer(
            TestServer.settings("127.0.0.1", stopTimeout), new Limits(100, 100, LONG, lastWord));
    open.add(server);
    server.partner.answers(call -> {
      gate.acquireUninterruptibly();
      return ScriptedPartner.done(call);
    });
    return server;
  }

  private TestServer start(Duration lastWord) {
    return start(lastWord, LONG);
  }

  /// A connection on which a request was answered, and that is kept.
  private RawConnection connect(TestServer server) throws IOException {
    RawConnection client = server.connect();
    open.add(client);
    assertThat(client.send(READY).read().orElseThrow().status()).isEqualTo(200);
    return client;
  }

  private List<RawConnection> connectAFew(TestServer server) throws IOException {
    List<RawConnection> clients = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      clients.add(connect(server));
    }
    return clients;
  }

  private record Heard(RawConnection client, RawAnswer answer) {}

  /// Asks on one of the connections after the other until one is answered: the last answer to each
  /// may just have been going out when the stop began, and it is closed after that.
  private static Heard ask(List<RawConnection> clients, String request) throws IOException {
    for (RawConnection client : clients) {
      Optional<RawAnswer> answer = client.send(request).read();
      if (answer.isPresent()) {
        return new Heard(client, answer.get());
      }
    }
    throw new AssertionError("nobody was answered");
  }

  private static Thread beginToStop(TestServer server) {
    Thread stopping = Thread.ofVirtual().start(server.http::stop);
    eventually("no new connection is taken", () -> RawHttp.isRefused(server));
    return stopping;
  }

  private static CompletableFuture<Answer> hold(TestServer server, String id) {
    CompletableFuture<Answer> held = server.getLater("/orders/" + id, "Prefer", "wait=60");
    eventually("the request is held", server.node.watch::isWatched);
    return held;
  }

  /// Returns well after a silent connection was let go of.
  private static void outlast(RawConnection silent, Duration lastWord) throws IOException {
    assertThat(silent.readToEnd()).isEmpty();
    LockSupport.parkNanos(lastWord.multipliedBy(2).toNanos());
  }

  @Test
  void aRequestInFlightIsAnsweredAndItsClientToldToGo() throws Exception {
    TestServer server = start(NO_TIME);
    CompletableFuture<Answer> held = hold(server, server.place());
    Thread stopping = beginToStop(server);
    assertThat(held).isNotDone();
    gate.release(3);
    assertThat(held.join().status()).isEqualTo(200);
    assertThat(held.join().json().get("status").asText()).isEqualTo("completed");
    assertThat(held.join().header("Connection")).isEqualTo("close");
    stopping.join();
  }

  @Test
  void isNotReadyFromTheFirstMomentButAlive() throws Exception {
    TestServer server = start(LONG);
    List<RawConnection> some = connectAFew(server);
    List<RawConnection> others = connectAFew(server);
    beginToStop(server);
    Heard ready = ask(some, READY);
    assertThat(ready.answer().status()).isEqualTo(503);
    assertThat(ready.answer().text("detail")).isEqualTo("The server is stopping.");
    assertThat(ready.answer().header("Connection")).contains("close");
    assertThat(ready.client().readToEnd()).isEmpty();
    Heard live = ask(others, "GET /health/live" + HOST + "\r\n");
    assertThat(live.answer().status()).isEqualTo(200);
  }

  @Test
  void anOrderOnAnOpenConnectionIsStillTakenAndTheClientToldToGo() throws Exception {
    TestServer server = start(LONG);
    List<RawConnection> clients = connectAFew(server);
    beginToStop(server);
    Heard placed = ask(clients, POST + "\r\n" + GOOD_ORDER);
    assertThat(placed.answer().status()).isEqualTo(201);
    assertThat(placed.answer().header("Connection")).contains("close");
    assertThat(placed.client().readToEnd()).isEmpty();
    assertThat(server.store.size()).isEqualTo(1);
  }

  @Test
  void silentConnectionsDoNotHoldAStopUp() throws Exception {
    try (LogCapture log = new LogCapture()) {
      TestServer server = start(NO_TIME);
      List<RawConnection> silent = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        silent.add(connect(server));
      }
      RawConnection halfway = connect(server).send("GET /orders HTTP/1.1\r\nHo");
      // Would otherwise take the minute that it may.
      assertThat(beginToStop(server).join(Duration.ofSeconds(20))).isTrue();
      for (RawConnection each : silent) {
        assertThat(each.readToEnd()).isEmpty();
      }
      assertThat(halfway.readToEnd()).doesNotContain("200");
      assertThat(log.lines()).isEmpty();
    }
  }

  @Test
  void aClientThatKeepsItsConnectionAfterTheAnswerDoesNotHoldAStopUp() throws Exception {
    TestServer server = start(NO_TIME);
    String id = server.place();
    RawConnection client = connect(server);
    client.send("GET /orders/" + id + HOST + "Prefer: wait=60\r\n\r\n");
    eventually("the request is held", server.node.watch::isWatched);
    Thread stopping = beginToStop(server);
    gate.release(3);
    assertThat(client.read().orElseThrow().status()).isEqualTo(200);
    assertThat(stopping.join(Duration.ofSeconds(20))).isTrue();
  }

  @Test
  void anAnswerThatIsReadSlowlyIsNotCut() throws Exception {
    TestServer server = start(NO_TIME);
    LargeOrders.place(server);
    RawConnection silent = connect(server);
    RawConnection client = RawConnection.ofASlowReader(server.uri("/").getPort());
    open.add(client);
    client.send("GET /orders?limit=200" + HOST + "\r\n");
    RawAnswer head = client.readHead().orElseThrow();
    Thread stopping = beginToStop(server);
    outlast(silent, NO_TIME);
    assertThat(head.header("Transfer-Encoding")).contains("chunked");
    assertThat(client.readToEnd()).hasSizeGreaterThan(200_000).endsWith("\r\n0\r\n\r\n");
    assertThat(stopping.join(Duration.ofSeconds(20))).isTrue();
  }

  @Test
  void aBodyThatArrivesSlowlyIsWaitedFor() throws Exception {
    TestServer server = start(NO_TIME);
    RawConnection silent = connect(server);
    RawConnection client = connect(server);
    client.send(POST + "Expect: 100-continue\r\n\r\n");
    assertThat(client.readHead().orElseThrow().status()).isEqualTo(100);
    beginToStop(server);
    outlast(silent, NO_TIME);
    RawAnswer placed = client.send(GOOD_ORDER).read().orElseThrow();
    assertThat(placed.status()).isEqualTo(201);
  }

  @Test
  void thatOfARequestWhichBeganDuringTheStopToo() throws Exception {
    TestServer server = start(A_MOMENT);
    RawConnection silent = connect(server);
    List<RawConnection> clients = connectAFew(server);
    beginToStop(server);
    Heard begun = ask(clients, POST + "Expect: 100-continue\r\n\r\n");
    assertThat(begun.answer().status()).isEqualTo(100);
    outlast(silent, A_MOMENT);
    RawAnswer placed = begun.client().send(GOOD_ORDER).read().orElseThrow();
    assertThat(placed.status()).isEqualTo(201);
  }

  @Test
  void whatTakesTooLongIsGivenUpInOneSentence() throws Exception {
    try (LogCapture log = new LogCapture()) {
      TestServer server = start(NO_TIME, Duration.ofMillis(200));
      CompletableFuture<Answer> held = hold(server, server.place());
      assertThat(beginToStop(server).join(Duration.ofSeconds(20))).isTrue();
      assertThat(log.lines()).singleElement().asString().contains("requests in flight");
      assertThat(held).failsWithin(Duration.ofSeconds(20));
    }
  }

  @Test
  void everyAnswerOfACrowdIsWholeOrMissing() throws Exception {
    TestServer server = start(Limits.DEFAULT.lastWord());
    AtomicInteger placed = new AtomicInteger();
    List<CompletableFuture<Void>> crowd = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      RawConnection client = connect(server);
      crowd.add(
          CompletableFuture.runAsync(
              () -> {
                while (placeOneMore(client)) {
                  placed.incrementAndGet();
                }
              },
              task -> Thread.ofPlatform().start(task)));
    }
    eventually("there is a crowd", () -> placed.get() > 200);
    assertThat(beginToStop(server).join(Duration.ofSeconds(20))).isTrue();
    crowd.forEach(CompletableFuture::join);
    assertThat(server.store.size()).isGreaterThanOrEqualTo(placed.get());
    assertThat(server.store.size() - placed.get()).isLessThanOrEqualTo(crowd.size());
  }

  /// @return whether there was an answer
  private static boolean placeOneMore(RawConnection client) {
    try {
      Optional<RawAnswer> answer = client.send(POST + "\r\n" + GOOD_ORDER).read();
      answer.ifPresent(whole -> {
        assertThat(whole.status()).isEqualTo(201);
        assertThat(whole.json().get("version").asInt()).isEqualTo(1);
      });
      return answer.isPresent();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
