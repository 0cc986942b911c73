package orders.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import orders.faults.client.Rush;
import orders.faults.client.Storefront;
import orders.faults.client.Superstore;
import orders.faults.process.ServerProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A pool that is much too small: the API does not notice.
final class FullPoolIT {
  private static final int ORDERS = 1_000;
  private static final Map<String, String> FOUR_WORKERS =
      Map.of(
          "WORKERS", "4",
          "QUEUE_CAPACITY", "4",
          "PARTNER_CALLS", "4",
          "SIMULATED_PAYMENT_MS", "1000");

  @TempDir private Path directory;

  @Test
  void allOrdersAreAnsweredWhileFourAreWorkedOnAndFourWaitInMemory() throws Exception {
    List<String> orders = Superstore.orders(Project.SUPERSTORE).subList(0, ORDERS);
    try (ServerProcess server = ServerProcess.launch(Project.JAR, directory, FOUR_WORKERS)) {
      Storefront storefront = new Storefront(server.awaitReady());
      Rush rush = Rush.start(storefront, orders, 16).join();
      assertThat(rush.answers()).isEqualTo(Map.of(201, ORDERS));

      // Each order takes the four workers three seconds, all of them twelve minutes: so most are
      // still untouched, however slow this machine is at posting them.
      assertThat(storefront.list("&status=pending")).hasSizeGreaterThan(ORDERS / 2);
      List<JsonNode> held = storefront.list("&status=processing");
      assertThat(held).hasSizeLessThanOrEqualTo(8).hasSizeGreaterThanOrEqualTo(4);
    }
  }
}
