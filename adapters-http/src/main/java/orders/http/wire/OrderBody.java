package orders.http.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import orders.domain.CustomerId;
import orders.domain.ItemName;
import orders.domain.Line;
import orders.domain.MerchantId;
import orders.domain.Money;
import orders.domain.Purchase;
import orders.domain.Reference;
import orders.domain.Sku;

/// The body of `POST /orders`.
public final class OrderBody {
  private final Violations violations = new Violations();
  private final Currency defaultCurrency;

  private OrderBody(Currency defaultCurrency) {
    this.defaultCurrency = defaultCurrency;
  }

  /// @throws RefusedRequest naming every violation at once
  public static Purchase parse(JsonNode body, Currency defaultCurrency) {
    if (!body.isObject()) {
      throw new RefusedRequest(ProblemType.MALFORMED_REQUEST, "The body must be a JSON object.");
    }
    return new OrderBody(defaultCurrency).purchase(body);
  }

  private Purchase purchase(JsonNode body) {
    ObjectFields fields = new ObjectFields(body, "", violations);
    Optional<CustomerId> customer = fields.requiredText("customer_id", CustomerId::new);
    Optional<MerchantId> merchant = fields.optionalText("merchant_id", MerchantId::new);
    Optional<Reference> reference = fields.optionalText("reference", Reference::new);
    Currency currency =
        fields
            .optionalText("currency", code -> code)
            .flatMap(this::currency)
            .orElse(defaultCurrency);
    List<Line> lines =
        fields
            .requiredArray("items", Purchase.MAX_LINES)
            .map(items -> lines(items, currency))
            .orElse(List.of());
    fields.refuseOthers();
    if (violations.isEmpty() && Purchase.sum(lines).isEmpty()) {
      violations.add("/items", "must add up to a total of at most " + Long.MAX_VALUE);
    }
    if (!violations.isEmpty()) {
      throw violations.asRefusal(ProblemType.INVALID_ORDER);
    }
    return new Purchase(customer.orElseThrow(), merchant.orElse(MerchantId.MAIN), reference, lines);
  }

  private Optional<Currency> currency(String code) {
    Optional<Currency> currency = Money.parseCurrency(code);
    if (currency.isEmpty()) {
      violations.add("/currency", "must be a currency code of ISO 4217, such as USD");
    }
    return currency;
  }

  private List<Line> lines(JsonNode items, Currency currency) {
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      String pointer = "/items/" + i;
      if (items.get(i).isObject()) {
        line(new ObjectFields(items.get(i), pointer, violations), currency).ifPresent(lines::add);
      } else {
        violations.add(pointer, "must be an object");
      }
    }
    return lines;
  }

  private static Optional<Line> line(ObjectFields fields, Currency currency) {
    Optional<Sku> sku = fields.requiredText("sku", Sku::new);
    Optional<ItemName> name = fields.optionalText("name", ItemName::new);
    Optional<Long> quantity = fields.requiredInteger("quantity", 1, Line.MAX_QUANTITY);
    Optional<Long> unitPrice = fields.requiredInteger("unit_price", 1, Long.MAX_VALUE);
    fields.refuseOthers();
    if (sku.isEmpty() || quantity.isEmpty() || unitPrice.isEmpty()) {
      return Optional.empty();
    }
    Money price = new Money(unitPrice.get(), currency);
    return Optional.of(new Line(sku.get(), name, Math.toIntExact(quantity.get()), price));
  }
}
