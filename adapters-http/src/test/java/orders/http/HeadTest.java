package orders.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// HEAD tells what GET would, without its body.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HeadTest {
  private final TestServer server = new TestServer();
  private final String ended = ended();

  @AfterAll
  void stop() {
    server.close();
  }

  private String ended() {
    String id = server.place();
    server.get("/orders/" + id, "Prefer", "wait=30");
    return id;
  }

  private String exchange(String method, String path) {
    return RawHttp.exchange(server, method + " " + path + " HTTP/1.1\r\nHost: x\r\n")
        .replaceAll("(?:Date|X-Request-Id): [^\r]*\r\n", "");
  }

  private void isLikeGet(String path) {
    String get = exchange("GET", path);
    assertThat(exchange("HEAD", path)).isEqualTo(get.substring(0, get.indexOf("\r\n\r\n") + 4));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/orders",
        "/orders?limit=0",
        "/orders/ENDED",
        "/orders/x",
        "/orders/ENDED/events",
        "/orders/x/events",
        "/health",
        "/health/live",
        "/health/ready"
      })
  void answersAsGetDoes(String path) {
    isLikeGet(path.replace("ENDED", ended));
  }

  @Test
  void doesNotCallAServerReadyThatIsNot() {
    server.store.setReachable(false);
    try {
      assertThat(exchange("HEAD", "/health/ready")).startsWith("HTTP/1.1 503 ");
    } finally {
      server.store.setReachable(true);
    }
  }

  @Test
  void isNotForWhatCannotBeRead() {
    assertThat(exchange("HEAD", "/orders/" + ended + "/cancel").toLowerCase(Locale.ROOT))
        .startsWith("http/1.1 405 ")
        .contains("allow: post, options\r\n");
  }
}
