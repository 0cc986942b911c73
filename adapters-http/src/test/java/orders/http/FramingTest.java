package orders.http;

import static orders.http.Frames.LENGTH;
import static orders.http.Frames.POST;
import static orders.http.Frames.get;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// P9 below HTTP: whatever comes over a connection, it is never the server that fails.
final class FramingTest {
  private static final String ORDER = TestServer.GOOD_ORDER;

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

  @ParameterizedTest
  @MethodSource("orders.http.Frames#cases")
  void areAnsweredOnceByAProblemThatTellsNothingOfTheServer(Frames frames) throws IOException {
    int before = SERVER.store.size();
    List<RawAnswer> answers = new ArrayList<>();
    try (RawConnection connection = connect()) {
      connection.send(frames.sent()).finish();
      connection.read().ifPresent(answers::add);
      for (Optional<RawAnswer> next = connection.read();
          next.isPresent();
          next = connection.read()) {
        answers.add(next.get());
      }
    }
    assertThat(answers.stream().map(RawAnswer::status).toList())
        .isIn(
            frames.status() == 0
                ? List.of(List.of(), List.of(400))
                : List.of(List.of(frames.status())));
    assertThat(answers).allSatisfy(FramingTest::isFit);
    assertThat(SERVER.store.size()).isEqualTo(before);
    assertThat(errors()).isEmpty();
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
