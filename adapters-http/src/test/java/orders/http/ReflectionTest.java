package orders.http;

import static orders.http.TestServer.GOOD_ORDER;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Nothing that a client sends comes back where it would do something.
final class ReflectionTest {
  private static final String ELSEWHERE =
      "Host: evil.example\r\nX-Forwarded-Host: evil.example\r\nForwarded: host=evil.example\r\n";

  private final TestServer server = new TestServer();

  @AfterEach
  void stop() {
    server.close();
  }

  private RawAnswer answer(String requestLine, String headers, String body) throws IOException {
    try (RawConnection connection = server.connect()) {
      return connection
          .send(requestLine + " HTTP/1.1\r\n" + headers + "\r\n" + body)
          .read()
          .orElseThrow();
    }
  }

  @Test
  void aLocationIsAPathWhateverHostWasAskedFor() throws IOException {
    RawAnswer answer =
        answer(
            "POST /orders",
            ELSEWHERE
                + "Content-Type: application/json\r\nContent-Length: "
                + GOOD_ORDER.length()
                + "\r\n",
            GOOD_ORDER);
    assertThat(answer.header("Location")).hasValue("/orders/" + answer.text("id"));
    assertThat(answer.headers().toString()).doesNotContain("evil");
  }

  @Test
  void aLinkIsAPathAndHoldsTheQueryEncoded() throws IOException {
    String strange = "c\r\nSet-Cookie: a=b\u001b[31m>; rel=\"evil\"";
    String order =
        GOOD_ORDER.replace("\"me\"", "\"c\\r\\nSet-Cookie: a=b\\u001b[31m>; rel=\\\"evil\\\"\"");
    server.post("/orders", order);
    assertThat(server.post("/orders", order).json().get("customer_id").asText()).isEqualTo(strange);
    RawAnswer answer =
        answer(
            "GET /orders?limit=1&customer_id="
                + "c%0d%0aSet-Cookie:%20a=b%1b[31m%3e;%20rel=%22evil%22",
            ELSEWHERE, "");
    assertThat(answer.json().get("data")).hasSize(1);
    assertThat(answer.header("Link").orElseThrow())
        .matches("</orders\\?[A-Za-z0-9%+=&._-]+>; rel=\"next\"");
    assertThat(answer.headers()).doesNotContainKey("set-cookie");
    assertThat(answer.headers().toString()).doesNotContain("evil.example", "\u001b");
  }
}
