package orders.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import orders.application.port.Partner.Result;
import orders.http.access.Authentication;
import orders.http.jetty.Limits;
import org.junit.jupiter.api.Test;

/// Who says nothing is let go of; who waits for an answer is not.
final class IdleConnectionTest {
  private static final int PATIENCE_MILLIS = 20_000;
  private static final Limits IMPATIENT =
      new Limits(100, 100, Duration.ofMillis(200), Duration.ofMillis(50));

  private interface Checks {
    void on(TestServer server, HttpServer impatient) throws IOException;
  }

  private static void onImpatientServer(Checks checks) throws Exception {
    try (TestServer server = new TestServer()) {
      HttpServer impatient =
          new HttpServer(
              server.useCases,
              Authentication.OFF,
              TestServer.settings("127.0.0.1"),
              Observability.NONE,
              Tuning.USUAL.with(IMPATIENT));
      impatient.start();
      try (LogCapture log = new LogCapture()) {
        checks.on(server, impatient);
        assertThat(log.lines()).isEmpty();
      } finally {
        impatient.stop();
      }
    }
  }

  /// All that comes back until the server closes.
  private static String exchange(HttpServer server, String request) throws IOException {
    URI uri = URI.create(server.address());
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  @Test
  void anIdleConnectionIsClosed() throws Exception {
    onImpatientServer((_, impatient) -> assertThat(exchange(impatient, "")).isEmpty());
  }

  @Test
  void aBodyThatStallsIsRefused() throws Exception {
    onImpatientServer((server, impatient) -> {
      String answer =
          exchange(
              impatient,
              "POST /orders HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                  + "Content-Length: 100\r\n\r\n{");
      assertThat(answer).matches("(?s)HTTP/1.1 4.*").contains("application/problem+json");
      assertThat(server.store.size()).isZero();
    });
  }

  @Test
  void aRequestThatIsHeldForLongerIsAnsweredAllTheSame() throws Exception {
    onImpatientServer((server, impatient) -> {
      server.partner.answers(_ -> new Result.Wait(Duration.ofMinutes(1)));
      String id = server.place();
      String answer =
          exchange(
              impatient, "GET /orders/" + id + " HTTP/1.1\r\nHost: x\r\nPrefer: wait=1\r\n\r\n");
      assertThat(answer).startsWith("HTTP/1.1 200 ").contains("Preference-Applied: wait=1");
    });
  }
}
