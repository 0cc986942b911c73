package orders.domain;

import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

final class Samples {
  static final Currency USD = Currency.getInstance("USD");
  static final OrderId ID =
      OrderId.parse("01939c3e-0000-7000-8000-000000000001")
          .orElseGet(() -> new OrderId(new UUID(0, 0)));
  static final Reason REASON = Reason.of("no");

  private Samples() {}

  static Money usd(long cents) {
    return new Money(cents, USD);
  }

  static Line line(int quantity, long cents) {
    return new Line(new Sku("FUR-1"), Optional.empty(), quantity, usd(cents));
  }

  static Purchase purchase(Line... lines) {
    return new Purchase(
        new CustomerId("CG-12520"), MerchantId.MAIN, Optional.empty(), List.of(lines));
  }

  static Order placed() {
    return Order.place(ID, purchase(line(2, 13098))).order();
  }

  static PartnerReference reference(Step step) {
    return new PartnerReference("ref-" + step);
  }
}
