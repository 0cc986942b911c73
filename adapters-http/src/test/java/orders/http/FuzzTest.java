package orders.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import orders.application.fake.ScriptedPartner;
import orders.application.port.Partner.Call;
import orders.application.port.Partner.Result;
import orders.domain.Reason;
import orders.http.contract.Contract;
import orders.http.fuzz.Fuzzing;
import org.junit.jupiter.api.Test;

/// Whatever is asked is answered as documented, and never by a failure of the server. A longer run,
/// against the packaged server, is in `api-check`.
final class FuzzTest {
  private static final int REQUESTS = 1_500;

  private static long seed() {
    String given = System.getenv("FUZZ_SEED");
    return given == null || given.isBlank() ? System.nanoTime() : Long.parseLong(given);
  }

  /// Some orders go through, some fail, and some stay, to be cancelled.
  private static Result sometimesDone(Call call) {
    return switch (call.order().id().value().hashCode() % 3) {
      case 0 -> new Result.Declined(Reason.of("no"));
      case 1 -> new Result.Wait(Duration.ofMinutes(1));
      default -> ScriptedPartner.done(call);
    };
  }

  @Test
  void whateverIsAskedIsAnsweredAsDocumented() throws IOException {
    long seed = seed();
    System.out.println("FUZZ_SEED=" + seed);
    try (LogCapture log = new LogCapture()) {
      try (TestServer server = new TestServer()) {
        server.partner.answers(FuzzTest::sometimesDone);
        Set<String> served = new HashSet<>();
        server.http.routes().forEach(route -> served.add(route.path()));
        Fuzzing fuzzing =
            new Fuzzing(
                Contract.ofTheServer(),
                server.uri("/"),
                seed,
                operation -> served.contains(operation.path()),
                Optional.empty());
        AtomicInteger asked = new AtomicInteger();
        Map<Integer, Integer> statuses = fuzzing.run(() -> asked.getAndIncrement() >= REQUESTS);
        assertThat(fuzzing.flaws()).as("FUZZ_SEED=" + seed).isEmpty();
        assertThat(statuses).containsKeys(200, 201, 202, 400, 404, 405, 422);
        assertThat(server.post("/orders", TestServer.GOOD_ORDER).status()).isEqualTo(201);
      }
      assertThat(log.lines()).noneMatch(line -> line.startsWith("ERROR"));
    }
  }
}
