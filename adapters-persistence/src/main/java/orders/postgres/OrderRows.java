package orders.postgres;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import orders.application.port.PlacedBy;
import orders.application.port.StoredOrder;
import orders.application.port.TraceContext;
import orders.domain.CustomerId;
import orders.domain.ItemName;
import orders.domain.Line;
import orders.domain.MerchantId;
import orders.domain.Money;
import orders.domain.Order;
import orders.domain.OrderId;
import orders.domain.Purchase;
import orders.domain.Reference;
import orders.domain.Sku;
import org.jspecify.annotations.Nullable;

/// Makes orders of rows. A row has the columns of `orders` and of [StateColumns], `round`,
/// `version`, and the order's lines as one array for each of their columns.
final class OrderRows {
  private OrderRows() {}

  /// @throws IllegalStateException if the row is no order, see [#read]
  static StoredOrder readStored(ResultSet row) throws SQLException {
    return new StoredOrder(
        read(row),
        new PlacedBy(row.getString("placed_by")),
        time(row, "created_at"),
        time(row, "updated_at"),
        WaitingColumns.read(row));
  }

  /// @throws IllegalStateException if the row is no order: nothing but this package should have
  ///   written to the database
  static Order read(ResultSet row) throws SQLException {
    OrderId id = id(row);
    try {
      return new Order(
          id,
          readPurchase(row),
          StateColumns.read(row),
          row.getInt("round"),
          row.getLong("version"));
    } catch (IllegalArgumentException | NullPointerException e) {
      throw new IllegalStateException("the database holds no sound order " + id, e);
    }
  }

  /// The trace that an order was placed with, of its columns in `orders`.
  static Optional<TraceContext> readTrace(ResultSet row) throws SQLException {
    UUID id = row.getObject("trace_id", UUID.class);
    return id == null
        ? Optional.empty()
        : Optional.of(new TraceContext(id, row.getBoolean("trace_sampled")));
  }

  static OrderId id(ResultSet row) throws SQLException {
    return new OrderId(row.getObject("order_id", UUID.class));
  }

  /// In whole microseconds, which is all that the database keeps.
  static Instant time(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static Purchase readPurchase(ResultSet row) throws SQLException {
    return new Purchase(
        new CustomerId(row.getString("customer_id")),
        new MerchantId(row.getString("merchant_id")),
        Optional.ofNullable(row.getString("reference")).map(Reference::new),
        readLines(row));
  }

  private static List<Line> readLines(ResultSet row) throws SQLException {
    Currency currency = Currency.getInstance(row.getString("currency"));
    var skus = (String[]) elements(row.getArray("skus"));
    var names = (@Nullable String[]) elements(row.getArray("names"));
    var quantities = (Integer[]) elements(row.getArray("quantities"));
    var unitPrices = (Long[]) elements(row.getArray("unit_prices"));
    List<Line> lines = new ArrayList<>(skus.length);
    for (int i = 0; i < skus.length; i++) {
      lines.add(
          new Line(
              new Sku(skus[i]),
              Optional.ofNullable(names[i]).map(ItemName::new),
              quantities[i],
              new Money(unitPrices[i], currency)));
    }
    return lines;
  }

  private static Object elements(@Nullable Array array) throws SQLException {
    if (array == null) {
      throw new IllegalArgumentException("the lines are missing");
    }
    return array.getArray();
  }
}
