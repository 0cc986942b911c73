package orders.http;

import static orders.application.fake.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import orders.application.fake.ScriptedPartner;
import orders.http.TestServer.Answer;
import orders.http.jetty.Limits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Requests that wait on purpose do not take the place of those that have something to do.
final class HeldRequestsTest {
  private final TestServer server =
      new TestServer(new Limits(100, 1, Duration.ofSeconds(30), Duration.ofMillis(50)));
  private final Semaphore gate = new Semaphore(0);

  @AfterEach
  void stop() {
    gate.release(1_000);
    server.close();
  }

  @Test
  void thoseBeyondTheLimitAreAnsweredWithTheOrderAsItIs() {
    server.partner.answers(call -> {
      gate.acquireUninterruptibly();
      return ScriptedPartner.done(call);
    });
    String path = "/orders/" + server.place();
    CompletableFuture<Answer> held = server.getLater(path, "Prefer", "wait=60");
    eventually("the first is held", server.node.watch::isWatched);

    Answer beyond = server.get(path, "Prefer", "wait=60");
    assertThat(beyond.status()).isEqualTo(200);
    assertThat(beyond.json().get("status").asText()).isEqualTo("processing");
    assertThat(beyond.header("Preference-Applied")).isEmpty();
    assertThat(server.get("/orders/x", "Prefer", "wait=60").status()).isEqualTo(404);
    assertThat(held).isNotDone();

    gate.release(1_000);
    assertThat(held.join().json().get("status").asText()).isEqualTo("completed");
    assertThat(held.join().header("Preference-Applied")).isEqualTo("wait=60");
    for (int i = 0; i < 3; i++) {
      server.get("/orders/x", "Prefer", "wait=1");
    }
    eventually(
        "the next is heard",
        () -> server.get(path, "Prefer", "wait=1").header("Preference-Applied").equals("wait=1"));
  }
}
