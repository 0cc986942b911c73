package orders.benchmarks.driver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import orders.faults.client.Superstore;

/// The sample orders that have at least two lines, cut to the first two: real names, prices and
/// customers, and the same work for each.
public final class TwoLineOrders {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LINES = 2;

  private TwoLineOrders() {}

  /// @param samples `examples/superstore-orders.jsonl.gz`
  /// @return bodies for `POST /orders`
  public static List<String> read(Path samples) {
    List<String> bodies = new ArrayList<>();
    for (String order : Superstore.orders(samples)) {
      cut(order, bodies);
    }
    return bodies;
  }

  private static void cut(String order, List<String> bodies) {
    try {
      ObjectNode whole = (ObjectNode) JSON.readTree(order);
      JsonNode items = whole.get("items");
      if (items.size() >= LINES) {
        ArrayNode two = JSON.createArrayNode();
        for (int i = 0; i < LINES; i++) {
          two.add(items.get(i));
        }
        whole.set("items", two);
        bodies.add(JSON.writeValueAsString(whole));
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not an order: " + order, e);
    }
  }
}
