package orders.http;

import static orders.application.fake.Eventually.eventually;
import static orders.http.TestServer.GOOD_ORDER;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import orders.application.port.Partner.Result;
import orders.http.jetty.ConnectionLimits;
import orders.http.jetty.Limits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Connections are a thing that runs out: whoever takes too many loses some of them, and whoever
/// has one is served.
final class ManyConnectionsTest {
  private static final int MOST = 20;
  private static final int REQUESTS = 5;
  private static final String HEAD = "GET /health HTTP/1.1\r\nHost: x\r\n";
  private static final String POST =
      "POST /orders HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";

  private final TestServer server = start(Duration.ofMinutes(10));
  private final Deque<Socket> open = new ArrayDeque<>();

  private static TestServer start(Duration stall) {
    return new TestServer(
        new Limits(
            REQUESTS,
            REQUESTS,
            Duration.ofMinutes(10),
            Duration.ofMillis(50),
            new ConnectionLimits(MOST, Duration.ofMinutes(10), stall, 1_000)));
  }

  @AfterEach
  void stop() throws IOException {
    for (Socket socket : open) {
      socket.close();
    }
    server.close();
  }

  private Socket connect(TestServer to, String from, String sent) throws IOException {
    Socket socket = new Socket();
    open.add(socket);
    socket.bind(new InetSocketAddress(from, 0));
    socket.setSoTimeout(20_000);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), to.uri("/").getPort()));
    socket.getOutputStream().write(sent.getBytes(StandardCharsets.ISO_8859_1));
    return socket;
  }

  private static boolean isServed(Socket socket, String rest) {
    try {
      socket.getOutputStream().write(rest.getBytes(StandardCharsets.ISO_8859_1));
      byte[] status = socket.getInputStream().readNBytes(15);
      return new String(status, StandardCharsets.UTF_8).equals("HTTP/1.1 200 OK");
    } catch (IOException _) {
      return false;
    }
  }

  @Test
  void moreConnectionsThanThereMayBePushOutThoseOfWhoHasMost() throws IOException {
    Socket honest = connect(server, "127.0.0.2", HEAD);
    for (int i = 0; i < 10 * MOST; i++) {
      connect(server, "127.0.0.1", HEAD);
    }
    assertThat(isServed(honest, "\r\n")).isTrue();
    open.remove(honest);
    assertThat(isServed(connect(server, "127.0.0.3", HEAD), "\r\n")).isTrue();
    assertThat(open.stream().filter(socket -> isServed(socket, "\r\n")).count())
        .isBetween(1L, (long) MOST);
  }

  @Test
  void whoWaitsForTheServerIsNotPushedOut() throws Exception {
    server.partner.answers(_ -> new Result.Wait(Duration.ofMinutes(1)));
    String id = server.place();
    var held = server.getLater("/orders/" + id, "Prefer", "wait=2");
    eventually("it is held", server.node.watch::isWatched);
    for (int i = 0; i < 5 * MOST; i++) {
      connect(server, "127.0.0.1", "");
    }
    assertThat(held.get().header("Preference-Applied")).isEqualTo("wait=2");
  }

  @Test
  void slowBodiesThatTakeAllTheRoomForRequestsAreCutSooner() throws IOException {
    try (TestServer crowded = start(Duration.ofSeconds(5))) {
      for (int i = 0; i < REQUESTS; i++) {
        connect(crowded, "127.0.0.1", POST + "Content-Length: 100\r\n\r\n{");
      }
      eventually("it is full", () -> crowded.get("/orders").status() == 503);
      long full = System.nanoTime();
      eventually("there is room again", () -> crowded.post("/orders", GOOD_ORDER).status() == 201);
      assertThat(Duration.ofNanos(System.nanoTime() - full)).isLessThan(Duration.ofSeconds(4));
    }
  }
}
