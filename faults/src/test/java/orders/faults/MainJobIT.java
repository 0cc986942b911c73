package orders.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import orders.faults.client.Rush;
import orders.faults.client.Storefront;
import orders.faults.client.Superstore;
import orders.faults.process.Patience;
import orders.faults.process.ServerProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The job that the server is there for, with the sample orders: P1, P2 and P3, also over a crash.
final class MainJobIT {
  private static final Map<String, String> QUICK_PARTNERS =
      Map.of(
          "SIMULATED_CONFIRMATION_MS", "5",
          "SIMULATED_PAYMENT_MS", "5",
          "SIMULATED_DELIVERY_MS", "5",
          "LEASE_SECONDS", "2");

  private static final int CLIENTS = 16;

  private final List<String> orders = Superstore.orders(Project.SUPERSTORE);

  @TempDir private Path directory;

  private ServerProcess launch() {
    return ServerProcess.launch(Project.JAR, directory, QUICK_PARTNERS);
  }

  @Test
  void everyOrderOfTheSuperstoreIsTakenAndCompleted() throws Exception {
    try (ServerProcess server = launch()) {
      Storefront storefront = new Storefront(server.awaitReady());
      Rush rush = Rush.start(storefront, orders, CLIENTS).join();
      assertThat(rush.answers()).isEqualTo(Map.of(201, Superstore.COUNT));

      Checks checks = new Checks(storefront);
      checks.awaitAllEnded();
      Map<String, JsonNode> stored = checks.allOrders();
      assertThat(stored.keySet()).isEqualTo(rush.acknowledged().keySet());
      assertThat(stored.values().stream().mapToLong(order -> order.get("total").asLong()).sum())
          .isEqualTo(Superstore.CENTS);
      checks.areCompletedAsAcknowledged(stored, rush.acknowledged());
    }
  }

  @Test
  void everyAcknowledgedOrderOutlivesAKilledServerAndIsCompletedByTheNext() throws Exception {
    Rush rush;
    try (ServerProcess server = launch()) {
      Storefront storefront = new Storefront(server.awaitReady());
      rush = Rush.start(storefront, orders, CLIENTS);
      Rush placing = rush;
      Patience.until(() -> placing.acknowledged().size() >= 2_000, () -> "2,000 acknowledgements");
      server.kill();
      rush.join();
      assertThat(server.leftPostgresRunning()).as("as after a real crash").isTrue();

      try (ServerProcess next = launch()) {
        storefront = new Storefront(next.awaitReady());
        Checks checks = new Checks(storefront);
        checks.awaitAllEnded();
        Map<String, JsonNode> stored = checks.allOrders();
        assertThat(stored.keySet()).containsAll(rush.acknowledged().keySet());
        assertThat(stored).hasSizeLessThanOrEqualTo(rush.acknowledged().size() + CLIENTS);
        checks.areCompletedAsAcknowledged(stored, rush.acknowledged());
      }
    }
  }
}
