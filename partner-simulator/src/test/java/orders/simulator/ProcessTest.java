package orders.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The simulator as it is run.
final class ProcessTest {
  private static final String READY = "Partner simulator is ready on http://127.0.0.1:";

  @TempDir private Path directory;
  private final List<Process> processes = new ArrayList<>();

  @AfterEach
  void endAll() {
    processes.forEach(Process::destroyForcibly);
  }

  private Process launch(Map<String, String> environment) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    ProcessBuilder builder =
        new ProcessBuilder(
                java, "-cp", System.getProperty("java.class.path"), "orders.simulator.Main")
            .redirectErrorStream(true);
    Map<String, String> variables = new HashMap<>(Map.of("PORT", "0"));
    variables.put("JOURNAL", directory.resolve("journal").toString());
    variables.putAll(environment);
    builder.environment().putAll(variables);
    Process process = builder.start();
    processes.add(process);
    return process;
  }

  private static TestClient awaitReady(Process process) throws IOException {
    String line = process.inputReader().readLine();
    assertThat(line).startsWith(READY);
    return new TestClient(Integer.parseInt(line.substring(READY.length())));
  }

  private static int exitOf(Process process) throws InterruptedException {
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  @Test
  void remembersWhatItAnsweredWhenItIsKilled() throws Exception {
    Process process = launch(Map.of());
    TestClient client = awaitReady(process);
    for (int order = 0; order < 50; order++) {
      assertThat(client.put("order-" + order, "payment", 1).result()).isEqualTo("done");
    }
    process.destroyForcibly();
    assertThat(exitOf(process)).isEqualTo(128 + 9);

    client = awaitReady(launch(Map.of()));
    assertThat(client.get("/ledger").get("payment").get("held").asLong()).isEqualTo(50);
    assertThat(client.get("/calls").get("data")).hasSize(50);
  }

  @Test
  void stopsInGoodOrderWhenItIsAskedTo() throws Exception {
    Process process = launch(Map.of());
    awaitReady(process).put("payment");
    process.toHandle().destroy();
    assertThat(exitOf(process)).isZero();
  }

  @Test
  void saysWhyItCannotStart() throws Exception {
    Process process = launch(Map.of("PAYMENT_DECLINE_RATE", "often"));
    assertThat(process.inputReader().readLine()).startsWith("Cannot start: PAYMENT_DECLINE_RATE: ");
    assertThat(exitOf(process)).isEqualTo(1);

    Process one = launch(Map.of());
    awaitReady(one);
    Process other = launch(Map.of());
    assertThat(other.inputReader().readLine())
        .endsWith(directory.resolve("journal") + " is used by another process");
    assertThat(exitOf(other)).isEqualTo(1);
  }
}
