package orders.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import orders.faults.client.Load;
import orders.faults.client.Storefront;
import orders.faults.client.Superstore;
import orders.faults.process.Deployment;
import orders.faults.process.Patience;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The payment partner is away for far longer than all attempts at a step would take.
final class PartnerOutageIT {
  private static final Duration OUTAGE = Duration.ofMinutes(1);
  private static final int ORDERS = 400;

  /// Five attempts are over within two seconds.
  private static final Map<String, String> SETTINGS =
      Map.of("BACKOFF_MS", "100", "BACKOFF_CAP_SECONDS", "1", "BREAKER_SECONDS", "2");

  @TempDir private Path directory;

  @Test
  void ordersAreConfirmedWaitWithAReasonAndCompleteWhenItIsBack() throws Exception {
    List<String> orders = Superstore.orders(Project.SUPERSTORE).subList(0, ORDERS);
    try (Deployment deployment =
        Deployment.start(Project.PROGRAMS, directory, Map.of(), Map.of())) {
      URI node = deployment.launch(SETTINGS).awaitReady();
      Storefront storefront = new Storefront(node);
      Load early = Load.start(List.of(node), orders.subList(0, ORDERS / 2), 8);
      Patience.until(() -> early.acknowledged().size() >= 20, () -> "20 acknowledgements");
      deployment.partners().behave("payment", "{\"down\": true}");
      Instant back = Instant.now().plus(OUTAGE);
      Load late = Load.start(List.of(node), orders.subList(ORDERS / 2, ORDERS), 8).join();
      early.join();

      Patience.until(
          () -> allWait(storefront.list("&status=processing")), () -> "all orders to wait");
      Patience.until(() -> Instant.now().isAfter(back), () -> "the outage to be over");
      List<JsonNode> waiting = storefront.list("&status=processing");
      assertThat(waiting).hasSizeGreaterThanOrEqualTo(ORDERS / 2);
      for (JsonNode order : waiting) {
        String id = order.get("id").asText();
        // Between two tries it is, for a moment, a worker that it waits for.
        Patience.until(() -> isReason(storefront.order(id).get("waiting")), () -> id + "'s reason");
      }
      assertThat(storefront.list("&status=failed")).isEmpty();
      assertThat(storefront.list("&status=compensating")).isEmpty();

      deployment.partners().behave("payment", "{\"down\": false}");
      Checks checks = new Checks(storefront);
      checks.awaitAllEnded();
      checks.areCompletedAsAcknowledged(checks.allOrders(), early.acknowledged());
      checks.areCompletedAsAcknowledged(checks.allOrders(), late.acknowledged());
      checks.agreeWith(deployment.partners());
    }
  }

  private static boolean allWait(List<JsonNode> processing) {
    return processing.size() >= ORDERS / 2
        && processing.stream().allMatch(order -> order.get("step").asText().equals("payment"));
  }

  private static boolean isReason(JsonNode waiting) {
    return switch (waiting.get("for").asText()) {
      case "breaker", "partner" ->
          waiting.get("step").asText().equals("payment")
              && (waiting.get("until").isTextual() || waiting.get("last_error").isTextual());
      default -> false;
    };
  }
}
