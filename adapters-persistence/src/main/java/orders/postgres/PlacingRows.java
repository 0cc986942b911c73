package orders.postgres;

import java.sql.SQLException;
import java.util.List;
import orders.application.port.IdempotencyKey;
import orders.application.port.Orders.HandOver;
import orders.application.port.Origin;
import orders.application.port.TraceContext;
import orders.domain.ItemName;
import orders.domain.Line;
import orders.domain.Order;
import orders.domain.Purchase;
import orders.domain.Reference;
import orders.postgres.PlaceOrders.Placing;

/// Makes rows of orders that are placed.
final class PlacingRows {
  private PlacingRows() {}

  /// Sets ids, keys, whether each is handed over, customers, merchants, references, currencies,
  /// totals, skus, names, quantities and unit prices of lines, and who placed each with what trace,
  /// as one array each.
  static void bind(Parameters parameters, List<Placing> placings) throws SQLException {
    parameters.array("uuid", placings, placing -> placing.order().id().value());
    parameters.array(
        "text",
        placings,
        placing -> placing.origin().key().map(IdempotencyKey::value).orElse(null));
    parameters.array("bool", placings, placing -> placing.handOver() == HandOver.THIS_NODE);
    List<Purchase> purchases = placings.stream().map(Placing::order).map(Order::purchase).toList();
    parameters.array("text", purchases, purchase -> purchase.customer().value());
    parameters.array("text", purchases, purchase -> purchase.merchant().value());
    parameters.array(
        "text", purchases, purchase -> purchase.reference().map(Reference::value).orElse(null));
    parameters.array("text", purchases, purchase -> purchase.currency().getCurrencyCode());
    parameters.array("int8", purchases, purchase -> purchase.total().minorUnits());
    bindLines(parameters, purchases);
    bindOrigins(parameters, placings.stream().map(Placing::origin).toList());
  }

  private static void bindOrigins(Parameters parameters, List<Origin> origins) throws SQLException {
    parameters.array("text", origins, origin -> origin.placedBy().value());
    parameters.array(
        "uuid", origins, origin -> origin.trace().map(TraceContext::traceId).orElse(null));
    parameters.array(
        "bool", origins, origin -> origin.trace().map(TraceContext::sampled).orElse(null));
  }

  private static void bindLines(Parameters parameters, List<Purchase> purchases)
      throws SQLException {
    List<List<Line>> lines = purchases.stream().map(Purchase::lines).toList();
    parameters.array("text", lines, each -> ArrayText.of(each, line -> line.sku().value()));
    parameters.array(
        "text",
        lines,
        each -> ArrayText.of(each, line -> line.name().map(ItemName::value).orElse(null)));
    parameters.array("text", lines, each -> ArrayText.of(each, Line::quantity));
    parameters.array(
        "text", lines, each -> ArrayText.of(each, line -> line.unitPrice().minorUnits()));
  }
}
