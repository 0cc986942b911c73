package orders.http;

import static orders.application.fake.Eventually.eventually;
import static orders.http.TestServer.GOOD_ORDER;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import orders.application.port.Partner.Result;
import orders.http.jetty.ConnectionLimits;
import orders.http.jetty.Limits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whoever sends or reads slowly is cut, however steadily it drips; whoever is merely not fast, or
/// waits for the server, is not.
final class SlowClientsTest {
  private static final int REQUESTS = 4;
  private static final Duration HEAD = Duration.ofMillis(400);
  private static final Duration STALL = Duration.ofMillis(400);
  private static final int BYTES_PER_SECOND = 1_000;
  private static final Limits IMPATIENT =
      new Limits(
          REQUESTS,
          REQUESTS,
          Duration.ofMinutes(10),
          Duration.ofMillis(50),
          new ConnectionLimits(1_000, HEAD, STALL, BYTES_PER_SECOND));
  private static final String POST =
      "POST /orders HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";

  private final LogCapture log = new LogCapture();
  private final TestServer server = new TestServer(IMPATIENT);

  @AfterEach
  void nothingIsLoggedAndOthersAreServed() {
    eventually("others are served", () -> server.post("/orders", GOOD_ORDER).status() == 201);
    server.close();
    log.close();
    assertThat(log.lines()).isEmpty();
  }

  private Socket connect() throws IOException {
    URI uri = server.uri("/");
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4_096);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(20_000);
    socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /// Sends a byte every ten milliseconds until the server answers, hangs up, or much more time has
  /// passed than it should allow.
  ///
  /// @return whether it did
  private static boolean drip(Socket socket, String text) throws IOException {
    try {
      for (int i = 0; i < 2_000; i++) {
        if (socket.getInputStream().available() > 0) {
          return true;
        }
        send(socket, text.substring(i % text.length(), i % text.length() + 1));
        LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
      }
      return false;
    } catch (SocketException _) {
      return true;
    }
  }

  private static String rest(Socket socket) throws IOException {
    try {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (SocketException _) {
      return "";
    }
  }

  @Test
  void aHeadThatDripsIsCut() throws IOException {
    try (Socket client = connect()) {
      send(client, "GET /health HTTP/1.1\r\nHost: x\r\nA: ");
      assertThat(drip(client, "a")).isTrue();
    }
  }

  @Test
  void emptyLinesBeforeAHeadCountAsOne() throws IOException {
    try (Socket client = connect()) {
      assertThat(drip(client, "\r\n")).isTrue();
    }
  }

  @Test
  void theNextHeadOfAConnectionIsTimedToo() throws IOException {
    try (Socket client = connect()) {
      send(client, "GET /health HTTP/1.1\r\nHost: x\r\n\r\nGET /health HT");
      assertThat(new String(client.getInputStream().readNBytes(15), StandardCharsets.UTF_8))
          .isEqualTo("HTTP/1.1 200 OK");
      client.getInputStream().skipNBytes(client.getInputStream().available());
      assertThat(drip(client, "a")).isTrue();
    }
  }

  @Test
  void manyQuickHeadsTakeNoTime() throws IOException {
    try (RawConnection client = server.connect()) {
      long end = System.nanoTime() + HEAD.multipliedBy(3).toNanos();
      // Always in the middle of a head, but never of the same one for long.
      client.send("GET /health HTTP/1.1\r\nHo");
      while (System.nanoTime() < end) {
        client.send("st: x\r\n\r\nGET /health HTTP/1.1\r\nHo");
        assertThat(client.read().orElseThrow().status()).isEqualTo(200);
      }
    }
  }

  @Test
  void aBodyThatDripsIs408AndItsConnectionCloses() throws IOException {
    try (Socket client = connect()) {
      send(client, POST + "Content-Length: 100000\r\n\r\n{");
      assertThat(drip(client, " ")).isTrue();
      assertThat(rest(client))
          .startsWith("HTTP/1.1 408 ")
          .contains("Connection: close")
          .contains("/problems/request-timeout");
    }
    assertThat(server.store.size()).isZero();
  }

  @Test
  void chunksThatDripAreCutToo() throws IOException {
    try (Socket client = connect()) {
      send(client, POST + "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n");
      assertThat(drip(client, "1\r\n \r\n")).isTrue();
      assertThat(rest(client)).startsWith("HTTP/1.1 408 ");
    }
  }

  @Test
  void theRestOfARefusedBodyIsNotWaitedForLonger() throws IOException {
    try (Socket client = connect()) {
      send(client, "POST /orders HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\n");
      send(client, "Content-Length: 100000\r\n\r\n{");
      assertThat(drip(client, " ")).isTrue();
      assertThat(rest(client)).startsWith("HTTP/1.1 415 ");
    }
  }

  @Test
  void aBodyThatTakesItsTimeButComesIsTaken() throws IOException {
    try (Socket client = connect()) {
      String order = GOOD_ORDER + " ".repeat(4_000 - GOOD_ORDER.length());
      send(client, POST + "Content-Length: 4000\r\n\r\n");
      for (int sent = 0; sent < order.length(); sent += 100) {
        send(client, order.substring(sent, sent + 100));
        LockSupport.parkNanos(Duration.ofMillis(40).toNanos());
      }
      assertThat(new String(client.getInputStream().readNBytes(12), StandardCharsets.UTF_8))
          .isEqualTo("HTTP/1.1 201");
    }
  }

  /// With as many of them as requests are handled at once: each must give back what it held.
  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void readersThatDripOrStopAreCut(int bytesAtOnce) throws IOException {
    LargeOrders.place(server);
    List<Socket> clients = new ArrayList<>();
    try {
      for (int i = 0; i < REQUESTS; i++) {
        Socket client = connect();
        clients.add(client);
        send(client, "GET /orders?limit=200 HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(client.getInputStream().read()).isEqualTo('H');
      }
      for (Socket client : clients) {
        eventually("it is cut", () -> isCut(client, bytesAtOnce));
      }
    } finally {
      for (Socket client : clients) {
        client.close();
      }
    }
  }

  /// Reads a little. What has arrived can be read to the end, but a connection that was reset takes
  /// no more.
  private static boolean isCut(Socket client, int bytesAtOnce) {
    try {
      client.getInputStream().skipNBytes(bytesAtOnce);
      send(client, "x");
      return false;
    } catch (IOException _) {
      return true;
    }
  }

  @Test
  void whoWaitsForTheServerIsNotCut() {
    server.partner.answers(_ -> new Result.Wait(Duration.ofMinutes(1)));
    String id = server.place();
    assertThat(server.get("/orders/" + id, "Prefer", "wait=2").header("Preference-Applied"))
        .isEqualTo("wait=2");
  }

  @Test
  void aConnectionBetweenRequestsIsNotCut() throws IOException {
    try (RawConnection client = server.connect()) {
      client.send("GET /health HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(client.read().orElseThrow().status()).isEqualTo(200);
      LockSupport.parkNanos(HEAD.multipliedBy(3).toNanos());
      client.send("GET /health HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(client.read().orElseThrow().status()).isEqualTo(200);
    }
  }
}
