package orders.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import orders.faults.client.Load;
import orders.faults.client.Storefront;
import orders.faults.client.Superstore;
import orders.faults.process.Deployment;
import orders.faults.process.PartnerCall;
import orders.faults.process.PartnerCall.Answer;
import orders.faults.process.Patience;
import orders.faults.process.ServerProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A node that sleeps through its leases and wakes up with answers for orders that are no longer
/// its own.
final class SleepingNodeIT {
  private static final Duration LEASE = Duration.ofSeconds(2);
  private static final int ORDERS = 40;
  private static final Map<String, String> SETTINGS =
      Map.of("LEASE_SECONDS", "" + LEASE.toSeconds(), "BACKOFF_MS", "100");

  @TempDir private Path directory;

  @Test
  void whatItWritesTooLateIsRefusedAndCountedAndNoPartnerActsTwice() throws Exception {
    List<String> orders = Superstore.orders(Project.SUPERSTORE).subList(0, ORDERS);
    try (Deployment deployment =
        Deployment.start(
            Project.PROGRAMS,
            directory,
            Map.of(),
            Map.of("PAYMENT_LATENCY_MS", "" + LEASE.toMillis()))) {
      ServerProcess sleeper = deployment.launch(SETTINGS);
      URI sleepers = sleeper.awaitReady();
      Load load = Load.start(List.of(sleepers), orders, ORDERS).join();
      Storefront storefront = new Storefront(sleepers);
      Patience.until(() -> areAllAt("payment", storefront), () -> "all orders to be paid for");
      sleeper.sleep();
      Instant asleep = Instant.now();

      // The other node gets as far as delivery, so that all orders are still alive in the morning.
      deployment.partners().behave("delivery", "{\"down\": true}");
      Storefront other = new Storefront(deployment.launch(SETTINGS).awaitReady());
      Patience.until(() -> areAllAt("delivery", other), () -> "all orders to be paid for again");
      Instant morning = asleep.plus(LEASE.multipliedBy(3));
      Patience.until(() -> Instant.now().isAfter(morning), () -> "the third lease to expire");
      sleeper.wake();

      sleeper.awaitOutput("a write under a lost lease was refused");
      deployment.partners().behave("delivery", "{\"down\": false}");
      Checks checks = new Checks(other);
      checks.awaitAllEnded();
      checks.areCompletedAsAcknowledged(checks.allOrders(), load.acknowledged());
      checks.agreeWith(deployment.partners());
      assertThat(paidByBoth(deployment.partners().calls()))
          .as("orders for which both nodes had payment asked")
          .isNotEmpty();
      // Awake again, it is a node like any other.
      load = Load.start(List.of(sleepers), orders, 1).join();
      checks.awaitAllEnded();
      checks.areCompletedAsAcknowledged(checks.allOrders(), load.acknowledged());
      checks.agreeWith(deployment.partners());
    }
  }

  private static boolean areAllAt(String step, Storefront storefront) throws Exception {
    List<JsonNode> processing = storefront.list("&status=processing");
    return processing.size() == ORDERS
        && processing.stream().allMatch(order -> order.get("step").asText().equals(step));
  }

  private static Set<String> paidByBoth(List<PartnerCall> calls) {
    Set<String> once = new HashSet<>();
    Set<String> twice = new HashSet<>();
    calls.stream()
        .filter(call -> call.step().equals("payment") && call.answer() == Answer.DONE)
        .filter(call -> !once.add(call.orderId()))
        .forEach(call -> twice.add(call.orderId()));
    return twice;
  }
}
