package orders.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import java.lang.reflect.Field;
import org.junit.jupiter.api.Test;

/// Clients that wait for a server to come up all ask it at once.
final class FirstRequestsTest {
  /// Requests meet Javalin half made far too rarely for a test to wait for it, so this looks
  /// inside.
  @Test
  void whatAllRequestsShareIsMadeBeforeTheFirstComesIn() throws Exception {
    try (TestServer server = new TestServer()) {
      Field javalin = HttpServer.class.getDeclaredField("javalin");
      javalin.setAccessible(true);
      Object state = ((Javalin) javalin.get(server.http)).unsafe;
      assertThat(state.getClass().getField("jsonMapper").get(state))
          .asString()
          .doesNotContain("not initialized");
    }
  }
}
