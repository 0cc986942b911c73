package orders.faults.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// Whether an order is stored as it was sent: P1.
final class SentCheck {
  private static final List<String> FIELDS =
      List.of("customer_id", "merchant_id", "reference", "currency");
  private static final List<String> ITEM_FIELDS = List.of("sku", "name", "quantity", "unit_price");

  private SentCheck() {}

  /// @param sent naming every field that an order may have
  /// @return each difference in one sentence
  static List<String> differences(JsonNode sent, JsonNode stored) {
    List<String> differences = new ArrayList<>();
    compare(FIELDS, sent, stored, differences);
    JsonNode items = sent.get("items");
    if (items.size() != stored.get("items").size()) {
      differences.add("has %d items".formatted(stored.get("items").size()));
      return differences;
    }
    long total = 0;
    for (int i = 0; i < items.size(); i++) {
      compare(ITEM_FIELDS, items.get(i), stored.get("items").get(i), differences);
      total += items.get(i).get("quantity").asLong() * items.get(i).get("unit_price").asLong();
    }
    if (stored.get("total").asLong() != total) {
      differences.add("has a total of %s instead of %d".formatted(stored.get("total"), total));
    }
    return differences;
  }

  private static void compare(
      List<String> fields, JsonNode sent, JsonNode stored, List<String> differences) {
    for (String field : fields) {
      if (!sent.path(field).equals(stored.path(field))) {
        differences.add(
            "has %s as %s instead of %s".formatted(stored.path(field), field, sent.path(field)));
      }
    }
  }
}
