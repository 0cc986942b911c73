package orders.domain;

import java.util.Optional;

/// One line of an order: some number of one thing at one price.
public record Line(Sku sku, Optional<ItemName> name, int quantity, Money unitPrice) {
  public static final int MAX_QUANTITY = 1_000_000;

  public Line {
    if (quantity < 1 || quantity > MAX_QUANTITY) {
      throw new IllegalArgumentException(
          "quantity must be from 1 to " + MAX_QUANTITY + ", was " + quantity);
    }
    if (unitPrice.minorUnits() < 1) {
      throw new IllegalArgumentException("a unit price must be at least 1 minor unit");
    }
  }

  /// Quantity times unit price, or empty if that does not fit in a `long`.
  public Optional<Money> total() {
    return unitPrice.times(quantity);
  }
}
