package orders.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Supplier;
import orders.domain.OrderId;
import org.junit.jupiter.api.Test;

/// Bugs and a broken world: the client learns no more than that, the log all of it, once.
final class UnexpectedFailureTest {
  private static void placing(Supplier<OrderId> ids, String logged) {
    try (TestServer server = new TestServer(TestServer.Setup.USUAL.with(ids));
        LogCapture log = new LogCapture()) {
      TestServer.Answer answer = server.post("/orders", TestServer.GOOD_ORDER);
      assertThat(answer.status()).isEqualTo(500);
      ProblemAssert.isProblem(answer, 500);
      assertThat(answer.text()).doesNotContain("secret");
      assertThat(log.lines()).containsExactly(logged);
      assertThat(server.get("/health").status()).isEqualTo(200);
    }
  }

  @Test
  void anExceptionIs500WithoutDetailsAndLoggedOnce() {
    placing(
        () -> {
          throw new IllegalStateException("secret");
        },
        "ERROR POST /orders failed with java.lang.IllegalStateException");
  }

  @Test
  void anErrorOfTheJvmIs500WithoutDetailsAndLoggedOnce() {
    placing(
        () -> {
          throw new StackOverflowError("secret");
        },
        "ERROR A request failed with java.lang.StackOverflowError");
  }

  @Test
  void aStoreOutOfReachIsOneWarningWithoutAStackTrace() {
    try (TestServer server = new TestServer()) {
      server.store.setReachable(false);
      try (LogCapture log = new LogCapture()) {
        assertThat(server.post("/orders", TestServer.GOOD_ORDER).status()).isEqualTo(503);
        assertThat(log.lines().stream().filter(line -> line.contains("POST")))
            .containsExactly("WARN POST /orders: the store is out of reach");
      }
      server.store.setReachable(true);
    }
  }
}
