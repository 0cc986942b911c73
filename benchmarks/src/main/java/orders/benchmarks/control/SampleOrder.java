package orders.benchmarks.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;

/// An order as plain JDBC stores it, read once and not for each time it is stored.
record SampleOrder(
    String customer, String merchant, String reference, String currency, Line first, Line second) {
  private static final ObjectMapper JSON = new ObjectMapper();

  private record Line(String sku, String name, int quantity, long unitPrice) {
    static Line of(JsonNode item) {
      return new Line(
          item.get("sku").asText(),
          item.get("name").asText(),
          item.get("quantity").asInt(),
          item.get("unit_price").asLong());
    }

    long price() {
      return quantity * unitPrice;
    }
  }

  /// @param body for `POST /orders`, with two lines
  static SampleOrder of(String body) {
    try {
      JsonNode order = JSON.readTree(body);
      return new SampleOrder(
          order.get("customer_id").asText(),
          order.get("merchant_id").asText(),
          order.get("reference").asText(),
          order.get("currency").asText(),
          Line.of(order.get("items").get(0)),
          Line.of(order.get("items").get(1)));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not an order: " + body, e);
    }
  }

  /// Sets the parameters of a [OneOrder].
  void bind(PreparedStatement statement, UUID id) throws SQLException {
    int i = 0;
    statement.setObject(++i, id);
    statement.setString(++i, customer);
    statement.setString(++i, merchant);
    statement.setString(++i, reference);
    statement.setString(++i, currency);
    statement.setLong(++i, first.price() + second.price());
    statement.setString(++i, first.sku());
    statement.setString(++i, second.sku());
    statement.setString(++i, first.name());
    statement.setString(++i, second.name());
    statement.setInt(++i, first.quantity());
    statement.setInt(++i, second.quantity());
    statement.setLong(++i, first.unitPrice());
    statement.setLong(++i, second.unitPrice());
    statement.setObject(++i, id);
    statement.setObject(++i, id);
    statement.setString(++i, merchant);
  }
}
