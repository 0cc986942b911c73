package orders.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import orders.faults.client.Load;
import orders.faults.client.Storefront;
import orders.faults.client.Superstore;
import orders.faults.process.Deployment;
import orders.faults.process.Patience;
import orders.faults.process.ServerProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// PostgreSQL crashes under two nodes that are at work, and is started again.
final class DatabaseRestartIT {
  /// What the README promises for the worst case.
  private static final Duration BOUND = Duration.ofSeconds(20);

  private static final Map<String, String> SETTINGS =
      Map.of("LEASE_SECONDS", "3", "BACKOFF_MS", "100");

  @TempDir private Path directory;

  @Test
  void requestsAreRefusedInTimeUntilItIsBackAndNothingIsLostOrDoubled() throws Exception {
    List<String> orders = Superstore.orders(Project.SUPERSTORE);
    try (Deployment deployment =
        Deployment.start(
            Project.PROGRAMS, directory, Map.of(), Map.of("PAYMENT_LATENCY_MS", "50"))) {
      ServerProcess one = deployment.launch(SETTINGS);
      ServerProcess two = deployment.launch(SETTINGS);
      List<URI> nodes = List.of(one.awaitReady(), two.awaitReady());
      Load load = Load.start(nodes, orders, 16);
      Patience.until(() -> load.acknowledged().size() >= 500, () -> "500 acknowledgements");

      deployment.database().crash();
      int before = load.acknowledged().size();
      for (URI node : nodes) {
        awaitReadiness(node, 503);
        assertThat(new Storefront(node).get("/health/live").status()).isEqualTo(200);
      }
      Patience.until(() -> refusals(load).size() >= 50, () -> "requests to be refused");
      deployment.database().restart();
      for (URI node : nodes) {
        awaitReadiness(node, 200);
      }
      Patience.until(() -> load.acknowledged().size() >= before + 500, () -> "orders once more");
      load.stop();

      assertThat(load.tries())
          .as("all were answered, and in time")
          .allMatch(tried -> tried.answer().isPresent() && tried.took().compareTo(BOUND) < 0);
      assertThat(refusals(load))
          .allMatch(answer -> answer.status() == 503)
          .allMatch(answer -> answer.headers().firstValue("Retry-After").isPresent());
      Checks checks = new Checks(new Storefront(nodes.getFirst()));
      checks.awaitAllEnded();
      assertThat(checks.allOrders().keySet())
          .as("one order for each key, and none beside them")
          .isEqualTo(load.acknowledged().keySet())
          .hasSize(load.keys());
      checks.areCompletedAsAcknowledged(checks.allOrders(), load.acknowledged());
      checks.agreeWith(deployment.partners());
      assertThat(one.output() + two.output()).doesNotContain("\tat ");
    }
  }

  private static void awaitReadiness(URI node, int status) throws Exception {
    Storefront storefront = new Storefront(node);
    Patience.until(
        () -> storefront.get("/health/ready").status() == status,
        () -> node + " to answer " + status);
  }

  private static List<Storefront.Answer> refusals(Load load) {
    return load.tries().stream()
        .filter(tried -> !tried.isAcknowledged())
        .map(Load.Try::answer)
        .flatMap(Optional::stream)
        .toList();
  }
}
