package orders.domain;

import java.util.Currency;
import java.util.List;
import java.util.Optional;

/// What was ordered, as it was sent: it never changes after the order is placed.
public record Purchase(
    CustomerId customer, MerchantId merchant, Optional<Reference> reference, List<Line> lines) {
  public static final int MAX_LINES = 500;

  /// @throws IllegalArgumentException if there are no lines or too many, they differ in currency,
  ///   or their total does not fit in a `long`
  public Purchase {
    lines = List.copyOf(lines);
    if (lines.isEmpty() || lines.size() > MAX_LINES) {
      throw new IllegalArgumentException(
          "an order has 1 to " + MAX_LINES + " lines, not " + lines.size());
    }
    if (sum(lines).isEmpty()) {
      throw new IllegalArgumentException("the total does not fit in 64 bits");
    }
  }

  public Currency currency() {
    return lines.getFirst().unitPrice().currency();
  }

  public Money total() {
    return sum(lines).orElseThrow();
  }

  /// The total of `lines`, of which there must be at least one; empty if it does not fit in a
  /// `long`.
  public static Optional<Money> sum(List<Line> lines) {
    Optional<Money> sum = Optional.of(Money.zero(lines.getFirst().unitPrice().currency()));
    for (Line line : lines) {
      sum = sum.flatMap(subtotal -> line.total().flatMap(subtotal::plus));
    }
    return sum;
  }
}
