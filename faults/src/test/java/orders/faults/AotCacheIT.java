package orders.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import orders.faults.client.Storefront;
import orders.faults.process.ServerProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the README says of the AOT cache.
final class AotCacheIT {
  private static final String ORDER =
      """
      {"customer_id": "me", "items": [{"sku": "pizza", "quantity": 2, "unit_price": 1250}]}\
      """;

  private static final String FLAGS = "@" + Project.ROOT.resolve("bootstrap/jvm.options");

  @TempDir private Path directory;

  private void assertTakesAnOrder(Path cache, List<String> options) throws Exception {
    List<String> all = new ArrayList<>(List.of(FLAGS, "-XX:AOTCache=" + cache));
    all.addAll(options);
    try (ServerProcess server =
        ServerProcess.launch(Project.JAR, directory.resolve("data"), Map.of(), all)) {
      assertThat(new Storefront(server.awaitReady()).place(ORDER).status()).isEqualTo(201);
      server.terminate();
      assertThat(server.awaitExit()).isZero();
    }
  }

  @Test
  void aTrainingRunWritesOneThatTheServerStartsWith() throws Exception {
    Path cache = directory.resolve("orders.aot");
    ProcessBuilder training =
        new ProcessBuilder(Project.ROOT.resolve("bootstrap/train.sh").toString(), cache.toString());
    training.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = training.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).contains("Stopped");

    // On: a JVM that cannot use the cache does not start.
    assertTakesAnOrder(cache, List.of("-XX:AOTMode=on"));
  }

  @Test
  void oneThatDoesNotFitIsNoObstacle() throws Exception {
    assertTakesAnOrder(
        Files.writeString(directory.resolve("other.aot"), "of another JVM"), List.of());
    assertTakesAnOrder(directory.resolve("missing.aot"), List.of());
  }
}
