package orders.partners;

import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import orders.application.port.Partner.Call;
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
import orders.domain.State;
import orders.domain.Step;

final class Calls {
  private Calls() {}

  static Call call(int number, Step step, int attempt, int round) {
    Line line = new Line(new Sku("a"), Optional.empty(), 1, cents(1));
    return call(
        number,
        step,
        attempt,
        round,
        new Purchase(new CustomerId("c"), MerchantId.MAIN, Optional.empty(), List.of(line)));
  }

  /// For the payment of an order with all that an order can have.
  static Call full() {
    Line sofa = new Line(new Sku("sofa"), Optional.of(new ItemName("Sofa, größer")), 2, cents(100));
    Line cup = new Line(new Sku("cup"), Optional.empty(), 1, cents(7));
    return call(
        7,
        Step.PAYMENT,
        3,
        2,
        new Purchase(
            new CustomerId("me"),
            new MerchantId("south"),
            Optional.of(new Reference("CA-1")),
            List.of(sofa, cup)));
  }

  private static Call call(int number, Step step, int attempt, int round, Purchase purchase) {
    OrderId id = new OrderId(new UUID(0x7000, number));
    return new Call(
        new Order(id, purchase, new State.Processing(step, 0), round, 1), step, attempt);
  }

  private static Money cents(long cents) {
    return new Money(cents, Currency.getInstance("USD"));
  }
}
