package orders.partners;

import java.util.List;
import java.util.Locale;
import orders.application.port.Partner.Call;
import orders.domain.ItemName;
import orders.domain.Line;
import orders.domain.Order;
import orders.domain.Purchase;
import orders.domain.Reference;
import org.jspecify.annotations.Nullable;

/// What a partner is told when it is asked for its step.
record CallBody(
    String orderId,
    String step,
    int round,
    int attempt,
    String customerId,
    String merchantId,
    @Nullable String reference,
    String currency,
    long total,
    List<Item> items) {

  record Item(String sku, @Nullable String name, int quantity, long unitPrice) {
    private static Item of(Line line) {
      return new Item(
          line.sku().value(),
          line.name().map(ItemName::value).orElse(null),
          line.quantity(),
          line.unitPrice().minorUnits());
    }
  }

  static CallBody of(Call call) {
    Order order = call.order();
    Purchase purchase = order.purchase();
    return new CallBody(
        order.id().toString(),
        call.step().name().toLowerCase(Locale.ROOT),
        order.round(),
        call.attempt(),
        purchase.customer().value(),
        purchase.merchant().value(),
        purchase.reference().map(Reference::value).orElse(null),
        purchase.currency().getCurrencyCode(),
        purchase.total().minorUnits(),
        purchase.lines().stream().map(Item::of).toList());
  }
}
