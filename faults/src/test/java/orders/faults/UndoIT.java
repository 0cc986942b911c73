package orders.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import orders.faults.client.Load;
import orders.faults.client.Storefront;
import orders.faults.client.Superstore;
import orders.faults.process.Deployment;
import orders.faults.process.PartnerCall;
import orders.faults.process.PartnerCall.Effect;
import orders.faults.process.Patience;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Delivery says no, after confirmation and payment were done.
final class UndoIT {
  private static final int ORDERS = 100;
  private static final Map<String, String> SETTINGS =
      Map.of("BACKOFF_MS", "100", "STEP_ATTEMPTS", "25", "UNDO_ATTEMPTS", "25");
  private static final Map<String, String> NO_DELIVERY = Map.of("DELIVERY_DECLINE_RATE", "1");

  private final List<String> orders = Superstore.orders(Project.SUPERSTORE).subList(0, ORDERS);

  @TempDir private Path directory;

  @Test
  void paymentIsRefundedAndThenTheConfirmationReleased() throws Exception {
    try (Deployment deployment =
        Deployment.start(Project.PROGRAMS, directory, Map.of(), NO_DELIVERY)) {
      // Both partners break now and then while they take back, and forget to answer.
      for (String step : List.of("payment", "confirmation")) {
        deployment
            .partners()
            .behave(step, "{\"error_rate\": 0.1, \"busy_rate\": 0.05, \"lost_answer_rate\": 0.1}");
      }
      URI node = deployment.launch(SETTINGS).awaitReady();
      Load load = Load.start(List.of(node), orders, 8).join();
      Checks checks = new Checks(new Storefront(node));
      checks.awaitAllEnded();
      checks.agreeWith(deployment.partners());
      Map<String, JsonNode> stored = checks.allOrders();
      assertThat(stored.keySet()).isEqualTo(load.acknowledged().keySet());
      assertThat(stored.values())
          .allMatch(order -> order.get("status").asText().equals("failed"))
          .allMatch(order -> order.get("failure").get("step").asText().equals("delivery"));
      List<PartnerCall> calls = deployment.partners().calls();
      assertThat(stored.keySet())
          .allSatisfy(
              id -> assertThat(undone(id, calls)).containsExactly("payment", "confirmation"));
    }
  }

  @Test
  void anUndoThatIsRefusedParksTheOrderAndARetryGoesOnExactlyThere() throws Exception {
    try (Deployment deployment =
        Deployment.start(Project.PROGRAMS, directory, Map.of(), NO_DELIVERY)) {
      deployment.partners().behave("confirmation", "{\"refuse_undo_rate\": 1}");
      URI node = deployment.launch(SETTINGS).awaitReady();
      Storefront storefront = new Storefront(node);
      Load load = Load.start(List.of(node), orders, 8).join();
      Patience.until(
          () -> storefront.list("&needs_attention=true").size() == ORDERS,
          () -> "all orders to need attention");
      assertThat(storefront.list("&needs_attention=true"))
          .allMatch(order -> order.get("needs_attention").asBoolean())
          .allMatch(order -> order.get("status").asText().equals("compensating"))
          .allMatch(order -> order.get("waiting").get("for").asText().equals("operator"))
          .allMatch(order -> order.get("waiting").get("step").asText().equals("confirmation"))
          .allMatch(order -> order.get("waiting").get("last_error").isTextual());

      deployment.partners().behave("confirmation", "{\"refuse_undo_rate\": 0}");
      for (String id : load.acknowledged().keySet()) {
        assertThat(storefront.retry(id).status()).isEqualTo(202);
      }
      Checks checks = new Checks(storefront);
      checks.awaitAllEnded();
      checks.agreeWith(deployment.partners());
      assertThat(storefront.list("&status=failed")).hasSize(ORDERS);
      assertThat(storefront.list("&needs_attention=true")).isEmpty();
      assertThat(deployment.partners().calls())
          .filteredOn(call -> call.step().equals("payment"))
          .as("done once and taken back once")
          .hasSize(2 * ORDERS);
    }
  }

  private static List<String> undone(String id, List<PartnerCall> calls) {
    return calls.stream()
        .filter(call -> call.orderId().equals(id) && call.effect() == Effect.UNDONE)
        .map(PartnerCall::step)
        .toList();
  }
}
