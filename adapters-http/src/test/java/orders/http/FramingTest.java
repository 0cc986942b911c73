package orders.http;

import static orders.http.TestServer.GOOD_ORDER;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Requests that are broken as HTTP: answered with a 4xx or not at all, and never with a word about
/// the server.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FramingTest {
  private static final String JSON = "Content-Type: application/json\r\n";
  private static final String POST = "POST /orders HTTP/1.1\r\nHost: x\r\n" + JSON;

  private final TestServer server = new TestServer();

  @AfterAll
  void theServerStillTakesGoodOrders() {
    assertThat(server.store.size()).as("nothing was stored").isZero();
    assertThat(server.post("/orders", GOOD_ORDER).status()).isEqualTo(201);
    server.close();
  }

  static Stream<Arguments> broken() {
    return Stream.of(
        Arguments.of("garbage", "\u0001\u0002\u0003\r\n\r\n"),
        Arguments.of("no version", "GET /orders\r\n\r\n"),
        Arguments.of("wrong version", "GET /orders HTTP/9.9\r\nHost: x\r\n\r\n"),
        Arguments.of("no host", "GET /orders HTTP/1.1\r\n\r\n"),
        Arguments.of("two hosts", "GET /orders HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n"),
        Arguments.of("odd method", "G<T /orders HTTP/1.1\r\nHost: x\r\n\r\n"),
        Arguments.of("no colon", "GET /orders HTTP/1.1\r\nHost: x\r\nnonsense\r\n\r\n"),
        Arguments.of("NUL in a header", "GET /orders HTTP/1.1\r\nHost: x\r\nA: b\u0000c\r\n\r\n"),
        Arguments.of("space before colon", "GET /orders HTTP/1.1\r\nHost : x\r\n\r\n"),
        Arguments.of(
            "header of 20 KiB",
            "GET /orders HTTP/1.1\r\nHost: x\r\nA: " + "a".repeat(20_000) + "\r\n\r\n"),
        Arguments.of(
            "URL of 20 KiB", "GET /" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: x\r\n\r\n"),
        Arguments.of("NUL in the path", "GET /orders/%00 HTTP/1.1\r\nHost: x\r\n\r\n"),
        Arguments.of("bad percent", "GET /orders/%zz HTTP/1.1\r\nHost: x\r\n\r\n"),
        Arguments.of("bad UTF-8 path", "GET /orders/%ff HTTP/1.1\r\nHost: x\r\n\r\n"),
        Arguments.of("encoded dots", "GET /orders/%2e%2e/secret HTTP/1.1\r\nHost: x\r\n\r\n"),
        Arguments.of("dots", "GET /../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n"),
        Arguments.of("dots with parameters", "GET /orders/..;/x HTTP/1.1\r\nHost: x\r\n\r\n"),
        Arguments.of("encoded slash", "GET /orders%2fx HTTP/1.1\r\nHost: x\r\n\r\n"),
        Arguments.of("backslash", "GET /orders\\x HTTP/1.1\r\nHost: x\r\n\r\n"),
        Arguments.of("negative length", POST + "Content-Length: -1\r\n\r\n"),
        Arguments.of("length that is none", POST + "Content-Length: ten\r\n\r\n"),
        Arguments.of("enormous length", POST + "Content-Length: 99999999999999999999\r\n\r\n{}"),
        Arguments.of("length over the bound", POST + "Content-Length: 300000\r\n\r\n{}"),
        Arguments.of("two lengths", POST + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}"),
        Arguments.of(
            "length and chunks",
            POST + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        Arguments.of(
            "unknown transfer coding", POST + "Transfer-Encoding: magic\r\n\r\n" + GOOD_ORDER),
        Arguments.of(
            "chunked twice", POST + "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n"),
        Arguments.of(
            "chunk size that is none",
            POST + "Transfer-Encoding: chunked\r\n\r\nzz\r\n" + GOOD_ORDER + "\r\n0\r\n\r\n"),
        Arguments.of(
            "enormous chunk",
            POST + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n" + GOOD_ORDER),
        Arguments.of(
            "chunk cut short", POST + "Transfer-Encoding: chunked\r\n\r\n40\r\n{\"customer"),
        Arguments.of("no last chunk", POST + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n"),
        Arguments.of(
            "chunk without end", POST + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}XX0\r\n\r\n"),
        Arguments.of("body cut short", POST + "Content-Length: 100\r\n\r\n{\"customer_id\""),
        Arguments.of("no body", POST + "\r\n"),
        Arguments.of("TLS", "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("broken")
  void isRefusedWithoutAWordAboutTheServer(String name, String request) {
    String answer = RawHttp.send(server, request);
    if (!answer.isEmpty()) {
      assertThat(answer).matches("(?s)HTTP/1.1 4\\d\\d .*").contains("application/problem+json");
      assertThat(answer).doesNotContain("Exception", "jetty", "Jetty", "Server:", "org.eclipse");
    }
  }
}
