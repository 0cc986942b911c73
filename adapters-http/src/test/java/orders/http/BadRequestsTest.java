package orders.http;

import static orders.http.TestServer.GOOD_ORDER;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import orders.http.wire.RequestBody;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What there is to say of wrong requests beyond a line in the tables of bad input.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BadRequestsTest {
  private static final String UNKNOWN = "01939c3e-0000-7000-8000-00000000abcd";

  private final TestServer server = new TestServer();

  @AfterAll
  void nothingWasStored() {
    assertThat(server.store.size()).isZero();
    server.close();
  }

  private TestServer.Answer post(BodyPublisher body, String... headers) {
    var request = server.request("/orders").POST(body);
    return server.send(headers.length == 0 ? request : request.headers(headers));
  }

  @Test
  void aBodyOfUnknownLengthIsBoundedToo() {
    byte[] spaces = " ".repeat(RequestBody.MAX_BYTES).getBytes(StandardCharsets.UTF_8);
    BodyPublisher chunked =
        BodyPublishers.fromPublisher(
            BodyPublishers.concat(
                BodyPublishers.ofByteArray(spaces), BodyPublishers.ofString(GOOD_ORDER)));
    TestServer.Answer answer = post(chunked, "Content-Type", "application/json");
    assertThat(answer.status()).isEqualTo(413);
    ProblemAssert.isProblem(answer, 413);
  }

  @Test
  void tensOfThousandsOfUnknownFieldsAreCounted() {
    String fields =
        IntStream.range(0, 20_000)
            .mapToObj(i -> "\"" + Integer.toString(i, 36) + "\":1")
            .collect(Collectors.joining(",", "{", "}"));
    TestServer.Answer answer = server.post("/orders", fields);
    ProblemAssert.isProblem(answer, 422);
    assertThat(answer.json().get("errors")).hasSize(100);
  }

  @Test
  void aMalformedIdIsAnsweredLikeAnUnknownOne() {
    assertThat(server.get("/orders/x").text()).isEqualTo(server.get("/orders/" + UNKNOWN).text());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DELETE | /orders | GET, HEAD, POST, OPTIONS",
        "PUT | /orders | GET, HEAD, POST, OPTIONS",
        "PATCH | /orders | GET, HEAD, POST, OPTIONS",
        "POST | /orders/x | GET, HEAD, OPTIONS",
        "DELETE | /orders/x | GET, HEAD, OPTIONS",
        "PUT | /orders/x | GET, HEAD, OPTIONS",
        "POST | /orders/x/events | GET, HEAD, OPTIONS",
        "GET | /orders/x/cancel | POST, OPTIONS",
        "GET | /orders/x/retry | POST, OPTIONS",
        "DELETE | /orders/x/cancel | POST, OPTIONS",
        "POST | /health | GET, HEAD, OPTIONS",
        "POST | /health/live | GET, HEAD, OPTIONS",
        "POST | /health/ready | GET, HEAD, OPTIONS",
        "BREW | /orders | GET, HEAD, POST, OPTIONS",
        "get | /orders | GET, HEAD, POST, OPTIONS",
        "M-SEARCH | /orders | GET, HEAD, POST, OPTIONS",
        "A!B | /orders | GET, HEAD, POST, OPTIONS"
      })
  void anotherMethodIs405AndSaysWhichAreAllowed(String method, String path, String allowed) {
    TestServer.Answer answer =
        server.send(server.request(path).method(method, BodyPublishers.noBody()));
    assertThat(answer.status()).isEqualTo(405);
    ProblemAssert.isProblem(answer, 405);
    assertThat(answer.header("Allow")).isEqualTo(allowed);
  }

  /// Fuzzing found it.
  @ParameterizedTest
  @ValueSource(strings = {";a=b%", ";%", ";a=%zz", "%3b%", ";a=%2", ";%00", ";a=b%2f", ";\u00ff"})
  void aBrokenParameterOfAPathIsTheClientsFault(String end) {
    for (String path : List.of("/orders/" + UNKNOWN, "/orders", "/health", "/nowhere")) {
      String answer = RawHttp.exchange(server, "GET " + path + end + " HTTP/1.1\r\nHost: x\r\n");
      assertThat(answer).as(path).containsPattern("^HTTP/1.1 (200|400|404) ");
    }
  }

  @Test
  void noHeaderMakesOneMethodAnother() {
    String id = "/orders/" + UNKNOWN;
    assertThat(server.get(id + "/cancel", "X-HTTP-Method-Override", "POST").status())
        .isEqualTo(405);
    assertThat(server.get(id, "X-HTTP-Method-Override", "DELETE").status()).isEqualTo(404);
    assertThat(server.get("/orders", "x-http-method-override", "").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/orders/", "/health/", "/health/live/", "/docs/", "/orders/x/"})
  void aPathThatEndsWithASlashIsAnother(String path) {
    ProblemAssert.isProblem(server.get(path), 404);
  }

  @Test
  void everyWrongParameterIsNamedAtOnce() {
    TestServer.Answer answer =
        server.get("/orders?limit=0&status=x&created_from=y&cursor=z&statsu=failed");
    List<String> named = new ArrayList<>();
    answer.json().get("errors").forEach(error -> named.add(error.get("parameter").asText()));
    assertThat(named)
        .containsExactlyInAnyOrder("limit", "status", "created_from", "cursor", "statsu");
  }
}
