package orders.application.port;

import orders.domain.CustomerId;
import orders.domain.MerchantId;

/// Whose business an order is.
///
/// @param placedBy under whose name it was placed
public record Parties(CustomerId customer, MerchantId merchant, PlacedBy placedBy) {
  public static Parties of(StoredOrder order) {
    var purchase = order.order().purchase();
    return new Parties(purchase.customer(), purchase.merchant(), order.placedBy());
  }
}
