package orders.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static orders.http.TestServer.GOOD_ORDER;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import orders.application.port.Partner.Result;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Clients that go away are their own affair: nobody is paged for them, and nobody else waits.
final class AbandonedRequestTest {
  private static final int CLIENTS = 50;
  private static final String HOST = " HTTP/1.1\r\nHost: x\r\n";
  private static final String POST = "POST /orders" + HOST + "Content-Type: application/json\r\n";

  enum Abandoned {
    IN_ITS_HEADERS("GET /orders HTTP/1.1\r\nHo", 0),
    IN_ITS_BODY(POST + "Content-Length: 100\r\n\r\n{\"customer", 0),
    IN_A_CHUNK(POST + "Transfer-Encoding: chunked\r\n\r\n40\r\n{\"customer", 0),
    BEFORE_ITS_ANSWER(POST + "Content-Length: " + GOOD_ORDER.length() + "\r\n\r\n" + GOOD_ORDER, 0),
    WHILE_IT_IS_HELD("GET /orders/HELD" + HOST + "Prefer: wait=1\r\n\r\n", 0),
    IN_A_LONG_ANSWER("GET /orders?limit=200" + HOST + "\r\n", 1);

    private final String request;
    private final int answerBytes;

    Abandoned(String request, int answerBytes) {
      this.request = request;
      this.answerBytes = answerBytes;
    }
  }

  private static void abandon(TestServer server, String request, int answerBytes)
      throws IOException {
    URI uri = server.uri("/");
    try (Socket socket = new Socket()) {
      // Little room, so that a long answer is still being written.
      socket.setReceiveBufferSize(1_024);
      socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
      // Closing resets the connection rather than ending it politely.
      socket.setSoLinger(true, 0);
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      assertThat(socket.getInputStream().readNBytes(answerBytes)).hasSize(answerBytes);
    }
  }

  @ParameterizedTest
  @EnumSource
  void leavesNoTraceInTheLog(Abandoned abandoned) throws IOException {
    try (LogCapture log = new LogCapture()) {
      try (TestServer server = new TestServer()) {
        server.partner.answers(_ -> new Result.Wait(Duration.ofMinutes(1)));
        String id = server.place();
        if (abandoned == Abandoned.IN_A_LONG_ANSWER) {
          LargeOrders.place(server);
        }
        for (int i = 0; i < CLIENTS; i++) {
          abandon(server, abandoned.request.replace("HELD", id), abandoned.answerBytes);
        }
        assertThat(server.get("/health").status()).isEqualTo(200);
        assertThat(server.post("/orders", GOOD_ORDER).status()).isEqualTo(201);
      }
      // Stopped, so that every request has come to its end.
      assertThat(log.lines()).isEmpty();
    }
  }
}
