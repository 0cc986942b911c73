package orders.http;

import static orders.http.TestServer.GOOD_ORDER;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import orders.http.jetty.ConnectionLimits;
import orders.http.jetty.Limits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A thousand of each sort of slow client at once: nobody else notices, and all of them are cut.
final class ThousandsOfSlowClientsTest {
  private static final int OF_EACH = 1_000;
  private static final int HONEST = 500;
  private static final Duration BETWEEN_BYTES = Duration.ofMillis(200);
  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final String HEAD = "GET /orders HTTP/1.1\r\nHost: x\r\nA: ";
  private static final String BODY =
      "POST /orders HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
          + "Content-Length: 100000\r\n\r\n{";
  private static final String READER = "GET /orders?limit=200 HTTP/1.1\r\nHost: x\r\n\r\n";

  /// Enough for all to be there at once; and so much that a request which had to wait for them
  /// would be told from one that waits for a slow machine.
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final LogCapture log = new LogCapture();
  private final TestServer server =
      new TestServer(
          new Limits(
              10_000,
              100,
              Duration.ofMinutes(10),
              Duration.ofMillis(50),
              new ConnectionLimits(100_000, PATIENCE, PATIENCE, 2_048)));
  private final List<SocketChannel> slow = new ArrayList<>();
  private final List<SocketChannel> all = new ArrayList<>();

  @AfterEach
  void stop() throws IOException {
    for (SocketChannel client : all) {
      client.close();
    }
    server.close();
    log.close();
  }

  private void begin(String sent) throws IOException {
    SocketChannel client = SocketChannel.open();
    slow.add(client);
    all.add(client);
    client.setOption(StandardSocketOptions.SO_RCVBUF, 2_048);
    client.connect(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), server.uri("/").getPort()));
    var _ = client.write(ByteBuffer.wrap(sent.getBytes(StandardCharsets.ISO_8859_1)));
    if (sent.equals(READER)) {
      assertThat(client.read(ByteBuffer.allocate(1))).isEqualTo(1);
    }
    client.configureBlocking(false);
  }

  /// Sends one more byte, as slow clients do.
  private static boolean isCut(SocketChannel client) {
    try {
      return client.write(ByteBuffer.wrap(new byte[] {' '})) < 0;
    } catch (IOException _) {
      return true;
    }
  }

  @Test
  void disturbNobodyAndAreCut() throws IOException {
    LargeOrders.place(server);
    for (int i = 0; i < OF_EACH; i++) {
      begin(HEAD);
      begin(BODY);
      begin(READER);
    }
    Duration longest = Duration.ZERO;
    for (int i = 0; i < HONEST; i++) {
      long start = System.nanoTime();
      assertThat(server.post("/orders", GOOD_ORDER).status()).isEqualTo(201);
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      longest = took.compareTo(longest) > 0 ? took : longest;
    }
    assertThat(longest).isLessThan(PATIENCE.dividedBy(2));
    long end = System.nanoTime() + LONGEST.toNanos();
    while (!slow.isEmpty() && System.nanoTime() < end) {
      slow.removeIf(ThousandsOfSlowClientsTest::isCut);
      LockSupport.parkNanos(BETWEEN_BYTES.toNanos());
    }
    assertThat(slow).isEmpty();
    assertThat(server.post("/orders", GOOD_ORDER).status()).isEqualTo(201);
    assertThat(log.lines()).isEmpty();
  }
}
