package orders.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// P9 below HTTP, where it takes more than one message; the rest is in the tables of bad input.
final class FramingTest {
  private static final String ORDER = TestServer.GOOD_ORDER;
  private static final String POST =
      "POST /orders HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
  private static final String LENGTH = "Content-Length: " + ORDER.length() + "\r\n";

  private static final LogCapture LOG = new LogCapture();
  private static final TestServer SERVER = new TestServer();

  @AfterAll
  static void theServerStillTakesAGoodOrder() {
    try (LOG;
        SERVER) {
      assertThat(SERVER.post("/orders", ORDER).status()).isEqualTo(201);
      assertThat(errors()).isEmpty();
    }
  }

  private static void isFit(RawAnswer answer) {
    assertThat(answer.headers()).doesNotContainKeys("server", "x-powered-by");
    if (answer.status() >= 400) {
      assertThat(answer.header("Content-Type")).hasValue("application/problem+json");
      assertThat(answer.json().path("status").asInt()).isEqualTo(answer.status());
      assertThat(answer.text("title")).isNotBlank();
      assertThat(answer.body())
          .doesNotContainPattern("(?i)exception|\\bat [a-z]+\\.|jetty|javalin|eclipse|s3cr3t|oops");
    }
  }

  @Test
  void pipelinedRequestsAreAnsweredInTurn() throws IOException {
    try (RawConnection connection = connect()) {
      connection.send(
          POST + LENGTH + "\r\n" + ORDER + get("/health/live") + get("/nowhere") + get("/health"));
      assertThat(List.of(status(connection), status(connection), status(connection)))
          .containsExactly(201, 200, 404);
      assertThat(status(connection)).isEqualTo(200);
    }
  }

  @Test
  void aRefusedBodyIsNotTakenForTheNextRequest() throws IOException {
    String smuggled = get("/health");
    try (RawConnection connection = connect()) {
      connection.send(
          "POST /orders HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: "
              + smuggled.length()
              + "\r\n\r\n"
              + smuggled
              + get("/nowhere"));
      assertThat(status(connection)).isEqualTo(415);
      assertThat(connection.read().map(RawAnswer::status)).isIn(Optional.of(404), Optional.empty());
    }
  }

  @Test
  void aClientThatWaitsForLeaveToSendItsBodyGetsIt() throws IOException {
    try (RawConnection connection = connect()) {
      connection.send(POST + LENGTH + "Expect: 100-continue\r\n\r\n");
      assertThat(status(connection)).isEqualTo(100);
      connection.send(ORDER);
      assertThat(status(connection)).isEqualTo(201);
    }
  }

  /// The leave to send shows that the body is being read by then.
  @ParameterizedTest
  @ValueSource(strings = {"x\r\n", "-1\r\n", "5\r\n{\"a\": 1}", "ffffffffffffffff\r\n"})
  void chunksThatBreakWhileTheyAreReadAreTheClientsFault(String chunks) throws IOException {
    try (RawConnection connection = connect()) {
      connection.send(POST + "Transfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n");
      assertThat(status(connection)).isEqualTo(100);
      RawAnswer answer = connection.send(chunks).finish().read().orElseThrow();
      assertThat(answer.status()).isEqualTo(400);
      isFit(answer);
    }
    assertThat(errors()).isEmpty();
  }

  @Test
  void aClientThatWouldSendTooMuchIsToldBeforeItDoes() throws IOException {
    try (RawConnection connection = connect()) {
      connection.send(POST + "Content-Length: 9999999\r\nExpect: 100-continue\r\n\r\n");
      assertThat(status(connection)).isEqualTo(413);
    }
  }

  private static String get(String target) {
    return "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
  }

  private static List<String> errors() {
    return LOG.lines().stream().filter(line -> line.startsWith("ERROR")).toList();
  }

  private static RawConnection connect() throws IOException {
    return new RawConnection(SERVER.uri("/").getPort());
  }

  private static int status(RawConnection connection) throws IOException {
    return connection.read().orElseThrow(() -> new AssertionError("no answer")).status();
  }
}
