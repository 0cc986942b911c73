package orders.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two servers on one database, the second by its `DATABASE_URL`.
final class TwoNodesIT {
  private static final Map<String, String> PARTNERS =
      Map.of(
          "SIMULATED_CONFIRMATION_MS", "20",
          "SIMULATED_PAYMENT_MS", "20",
          "SIMULATED_DELIVERY_MS", "20",
          "LEASE_SECONDS", "2");

  @TempDir private Path directory;

  @Test
  void anOrderTakenByOneIsReadAtOnceFromTheOtherAndOutlivesItsNode() throws Exception {
    try (ServerProcess first = launch("first", Map.of())) {
      Storefront one = new Storefront(first.awaitReady());
      String url = "postgresql://postgres@127.0.0.1:" + first.postgresPort() + "/postgres";
      try (ServerProcess second = launch("second", Map.of("DATABASE_URL", url))) {
        Storefront other = new Storefront(second.awaitReady());
        List<String> orders = Superstore.orders(Project.SUPERSTORE).subList(0, 600);

        Rush rush = Rush.start(other, orders, 8);
        Patience.until(() -> rush.acknowledged().size() >= 200, () -> "200 acknowledgements");
        second.kill();
        rush.join();

        Checks checks = new Checks(one);
        for (String id : rush.acknowledged().keySet()) {
          assertThat(one.get("/orders/" + id).status()).isEqualTo(200);
        }
        checks.awaitAllEnded();
        Map<String, JsonNode> stored = checks.allOrders();
        checks.areCompletedAsAcknowledged(stored, rush.acknowledged());
      }
    }
  }

  private ServerProcess launch(String name, Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(PARTNERS);
    environment.putAll(more);
    return ServerProcess.launch(Project.JAR, directory.resolve(name), environment);
  }
}
