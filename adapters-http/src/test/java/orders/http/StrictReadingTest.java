package orders.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static orders.http.TestServer.GOOD_ORDER;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.Charset;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests that a lenient reader would take, as something else than another reader in front of the
/// server took them for.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class StrictReadingTest {
  private final TestServer server = new TestServer();

  @AfterEach
  void nothingWasStored() {
    assertThat(server.store.size()).isZero();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private TestServer.Answer post(byte[] body, String... headers) {
    return server.send(
        server
            .request("/orders")
            .header("Content-Type", "application/json")
            .headers(headers)
            .POST(BodyPublishers.ofByteArray(body)));
  }

  private void isRefused(byte[] body, int status) {
    TestServer.Answer answer = post(body, "Content-Encoding", "identity");
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    ProblemAssert.isProblem(answer, status);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE", "UTF-32BE"})
  void anotherEncodingIs400(String charset) {
    isRefused(GOOD_ORDER.getBytes(Charset.forName(charset)), 400);
  }

  @ParameterizedTest
  @CsvSource({
    "overlong slash, C0AF",
    "overlong NUL, C080",
    "overlong slash in three bytes, E080AF",
    "overlong slash in four bytes, F08080AF",
    "half a surrogate pair, EDA080",
    "a surrogate pair in six bytes, EDA0BDEDB880",
    "beyond U+10FFFF, F4908080",
    "five bytes, F888808080",
    "a stray continuation, 80",
    "a start without an end, C3"
  })
  void textThatIsNotUtf8Is400(String name, String hex) {
    String order = GOOD_ORDER.replace("\"me\"", "\"m__e\"");
    String[] around = order.split("__", 2);
    byte[] body =
        HexFormat.of()
            .parseHex(
                HexFormat.of().formatHex(around[0].getBytes(UTF_8))
                    + hex
                    + HexFormat.of().formatHex(around[1].getBytes(UTF_8)));
    isRefused(body, 400);
  }

  @Test
  void tensOfThousandsOfUnknownFieldsAreCounted() {
    String fields =
        IntStream.range(0, 20_000)
            .mapToObj(i -> "\"" + Integer.toString(i, 36) + "\":1")
            .collect(Collectors.joining(",", "{", "}"));
    isRefused(fields.getBytes(UTF_8), 422);
  }

  @Test
  void aSecondContentTypeIs415() {
    TestServer.Answer answer = post(GOOD_ORDER.getBytes(UTF_8), "Content-Type", "text/plain");
    assertThat(answer.status()).isEqualTo(415);
    ProblemAssert.isProblem(answer, 415);
  }

  @Test
  void aSecondContentEncodingIs415() {
    TestServer.Answer answer =
        post(
            GOOD_ORDER.getBytes(UTF_8), "Content-Encoding", "identity", "Content-Encoding", "gzip");
    assertThat(answer.status()).isEqualTo(415);
    ProblemAssert.isProblem(answer, 415);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=%2B5",
        "limit=%D9%A5",
        "limit=-0",
        "created_from=2026-11-21T09:00Z",
        "created_from=2026-11-21T09:00:00%2B01",
        "created_from=2026-11-21T09:00:00%2B01:00:30",
        "created_to=2026-11-21T09:00:00+01:00"
      })
  void aParameterThatIsOnlyAlmostRightIs400(String query) {
    ProblemAssert.isProblem(server.get("/orders?" + query), 400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=1",
        "limit=200",
        "created_from=2026-11-21T09:00:00Z",
        "created_from=2026-11-21T09:00:00.123456789%2B05:45",
        "created_to=0001-01-01T00:00:00Z",
        "created_to=9999-12-31T23:59:59.999999Z",
      })
  void aParameterThatIsJustRightIsTaken(String query) {
    assertThat(server.get("/orders?" + query).status()).isEqualTo(200);
  }
}
