package orders.http;

import static orders.http.TestServer.GOOD_ORDER;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import orders.http.wire.RequestBody;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests that are wrong in everything but the order: headers, paths, queries, methods.
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/xml",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/jsonx",
        "application/problem+json",
        "application/json; charset=utf-16",
        "application/json; charset=iso-8859-1",
        "application/json, text/plain",
        "*/*",
        "json"
      })
  void anotherContentTypeIs415(String type) {
    ProblemAssert.isProblem(post(BodyPublishers.ofString(GOOD_ORDER), "Content-Type", type), 415);
  }

  @Test
  void noContentTypeIs415() {
    TestServer.Answer answer = post(BodyPublishers.ofString(GOOD_ORDER));
    assertThat(answer.status()).isEqualTo(415);
    ProblemAssert.isProblem(answer, 415);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "GZIP", "br", "deflate", "gzip, identity", "x"})
  void aCompressedBodyIs415(String encoding) {
    TestServer.Answer answer =
        post(
            BodyPublishers.ofString(GOOD_ORDER),
            "Content-Type",
            "application/json",
            "Content-Encoding",
            encoding);
    assertThat(answer.status()).isEqualTo(415);
    ProblemAssert.isProblem(answer, 415);
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nothing",
        "/order",
        "/orders/" + UNKNOWN,
        "/orders/" + UNKNOWN + "/events",
        "/orders/" + UNKNOWN + "/nothing",
        "/orders/1",
        "/orders/1-2-3-4-5",
        "/orders/not-a-uuid-at-all",
        "/orders/01939c3e00007000800000000000abcd",
        "/orders/%7B01939c3e-0000-7000-8000-00000000abcd%7D",
        "/orders/" + UNKNOWN + "%20",
        "/orders/%F0%9F%8D%95",
        "/orders/%27%20or%201=1",
        "/orders/x/events",
        "/health/nothing"
      })
  void whatIsNotThereIs404(String path) {
    TestServer.Answer answer = server.get(path);
    assertThat(answer.status()).isEqualTo(404);
    ProblemAssert.isProblem(answer, 404);
  }

  @ParameterizedTest
  @ValueSource(strings = {UNKNOWN, "x"})
  void anUnknownOrderCannotBeMoved(String id) {
    ProblemAssert.isProblem(server.post("/orders/" + id + "/cancel", ""), 404);
    ProblemAssert.isProblem(server.post("/orders/" + id + "/retry", "{}"), 404);
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=0",
        "limit=-1",
        "limit=201",
        "limit=1.5",
        "limit=ten",
        "limit=",
        "limit=99999999999999999999",
        "limit=%2B5x",
        "status=done",
        "status=PENDING",
        "status=",
        "status=pending,failed",
        "needs_attention=",
        "needs_attention",
        "needs_attention=false",
        "needs_attention=TRUE",
        "needs_attention=1",
        "needs_attention=true&needs_attention=true",
        "customer_id=",
        "customer_id=%20",
        "customer_id=a%00b",
        "merchant_id=",
        "reference=",
        "created_from=yesterday",
        "created_from=2026-11-21",
        "created_from=2026-11-21T09:00:00",
        "created_from=2026-11-21T09:00Z",
        "created_from=2026-13-01T00:00:00Z",
        "created_from=2026-02-30T00:00:00Z",
        "created_from=0000-01-01T00:00:00Z",
        "created_from=%2B999999999-01-01T00:00:00Z",
        "created_to=-0001-01-01T00:00:00Z",
        "created_to=1763712000",
        "created_to=",
        "cursor=",
        "cursor=x",
        "cursor=%21%21",
        "cursor=AAAA",
        "order=asc",
        "Limit=5",
        "statsu=failed",
        "=5",
        "a",
        "limit=5&limit=5",
        "status=failed&status=pending",
        "customer_id=%zz",
        "customer_id=%",
        "customer_id=%f",
        "customer_id=%ff",
        "%ff=1",
        "reference=%c0%af"
      })
  void aWrongQueryIs400(String query) {
    // Raw, since a URI of the JDK refuses some of them itself.
    String answer = RawHttp.exchange(server, "GET /orders?" + query + " HTTP/1.1\r\nHost: x\r\n");
    assertThat(answer).startsWith("HTTP/1.1 400 ").contains("application/problem+json");
  }

  @Test
  void aLongerReferenceThanAnyOrderCanHaveIs400() {
    ProblemAssert.isProblem(server.get("/orders?reference=" + "x".repeat(257)), 400);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 255})
  void aCursorOfAnotherFormatIs400(int format) {
    byte[] cursor = new byte[25];
    cursor[0] = (byte) format;
    ProblemAssert.isProblem(server.get("/orders?cursor=" + encoded(cursor)), 400);
  }

  @ParameterizedTest
  @ValueSource(ints = {0x7f, 0x80, 0xff})
  void aCursorAtATimeThatNoOrderCanHaveIs400(int highestByte) {
    byte[] cursor = new byte[25];
    cursor[0] = 1;
    cursor[1] = (byte) highestByte;
    ProblemAssert.isProblem(server.get("/orders?cursor=" + encoded(cursor)), 400);
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
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

  @ParameterizedTest
  @ValueSource(strings = {"wait=soon", "wait=-1", "wait=1.5", "wait=", "wait", "wait=99999999999"})
  void aMalformedWaitIs400(String preference) {
    ProblemAssert.isProblem(server.get("/orders/" + UNKNOWN, "Prefer", preference), 400);
  }
}
