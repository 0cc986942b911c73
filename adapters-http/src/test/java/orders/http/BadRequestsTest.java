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
        "DELETE | /orders | GET, POST, HEAD",
        "PUT | /orders | GET, POST, HEAD",
        "PATCH | /orders | GET, POST, HEAD",
        "POST | /orders/x | GET, HEAD",
        "DELETE | /orders/x | GET, HEAD",
        "PUT | /orders/x | GET, HEAD",
        "POST | /orders/x/events | GET, HEAD",
        "GET | /orders/x/cancel | POST",
        "GET | /orders/x/retry | POST",
        "DELETE | /orders/x/cancel | POST",
        "POST | /health | GET, HEAD",
        "POST | /health/live | GET, HEAD",
        "POST | /health/ready | GET, HEAD",
        "BREW | /orders | GET, POST, HEAD",
        "get | /orders | GET, POST, HEAD",
        "M-SEARCH | /orders | GET, POST, HEAD",
        "A!B | /orders | GET, POST, HEAD",
        "OPTIONS | /orders | GET, POST, HEAD"
      })
  void anotherMethodIs405AndSaysWhichAreAllowed(String method, String path, String allowed) {
    TestServer.Answer answer =
        server.send(server.request(path).method(method, BodyPublishers.noBody()));
    assertThat(answer.status()).isEqualTo(405);
    ProblemAssert.isProblem(answer, 405);
    assertThat(answer.header("Allow")).isEqualTo(allowed);
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
