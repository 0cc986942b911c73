package orders.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import orders.faults.check.PartnerAudit;
import orders.faults.client.Storefront;
import orders.faults.process.Patience;
import orders.faults.process.SimulatorProcess;

/// What must be true of a server, seen from outside.
final class Checks {
  private final Storefront storefront;

  Checks(Storefront storefront) {
    this.storefront = storefront;
  }

  /// Returns once no order is on its way any more.
  void awaitAllEnded() throws Exception {
    Patience.until(
        () -> !hasAny("pending") && !hasAny("processing") && !hasAny("compensating"),
        () -> "all orders to end");
  }

  private boolean hasAny(String status) throws IOException, InterruptedException {
    return !storefront.get("/orders?limit=1&status=" + status).body().get("data").isEmpty();
  }

  Map<String, JsonNode> allOrders() throws IOException, InterruptedException {
    List<JsonNode> listed = storefront.list("");
    Map<String, JsonNode> byId =
        listed.stream()
            .collect(Collectors.toMap(order -> order.get("id").asText(), Function.identity()));
    assertThat(byId).as("no order is listed twice").hasSameSizeAs(listed);
    return byId;
  }

  /// That every acknowledged order is stored as it was acknowledged, and completed step by step.
  void areCompletedAsAcknowledged(Map<String, JsonNode> stored, Map<String, JsonNode> acknowledged)
      throws IOException, InterruptedException {
    assertThat(stored.keySet()).containsAll(acknowledged.keySet());
    for (JsonNode order : stored.values()) {
      JsonNode answer = acknowledged.get(order.get("id").asText());
      if (answer != null) {
        isCompletedAsAcknowledged(order, answer);
        historyIsWhole(order);
      }
    }
  }

  /// That the partners did what the orders say, and hold the money of the completed ones. All must
  /// have ended.
  void agreeWith(SimulatorProcess partners) throws IOException, InterruptedException {
    Map<String, JsonNode> orders = allOrders();
    assertThat(PartnerAudit.violations(orders.values(), partners.calls())).isEmpty();
    assertThat(partners.moneyHeld("USD"))
        .isEqualTo(
            orders.values().stream()
                .filter(order -> order.get("status").asText().equals("completed"))
                .mapToLong(order -> order.get("total").asLong())
                .sum());
  }

  private static void isCompletedAsAcknowledged(JsonNode stored, JsonNode acknowledged) {
    assertThat(stored.get("status").asText()).isEqualTo("completed");
    for (String field :
        List.of(
            "id",
            "customer_id",
            "merchant_id",
            "reference",
            "currency",
            "total",
            "items",
            "created_at")) {
      assertThat(stored.get(field)).as(field).isEqualTo(acknowledged.get(field));
    }
  }

  /// That the history counts 1, 2, 3… up to the order's version and ends in completed.
  private void historyIsWhole(JsonNode order) throws IOException, InterruptedException {
    JsonNode events =
        storefront.get("/orders/" + order.get("id").asText() + "/events").body().get("data");
    List<Long> numbers = new ArrayList<>();
    events.forEach(event -> numbers.add(event.get("seq").asLong()));
    long version = order.get("version").asLong();
    assertThat(numbers).isEqualTo(LongStream.rangeClosed(1, version).boxed().toList());
    assertThat(events.get(events.size() - 1).get("type").asText()).isEqualTo("completed");
    assertThat(
            StreamSupport.stream(events.spliterator(), false)
                .filter(event -> event.get("type").asText().equals("step_done"))
                .map(event -> event.get("step").asText()))
        .as("each step is done once")
        .containsExactly("confirmation", "payment", "delivery");
  }
}
