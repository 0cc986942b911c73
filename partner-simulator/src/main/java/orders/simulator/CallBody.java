package orders.simulator;

import java.math.BigInteger;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a PUT must say. Whatever it says beyond that is ignored.
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

  private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

  record Item(String sku, @Nullable String name, int quantity, long unitPrice) {
    Item {
      Objects.requireNonNull(sku, "sku must not be null");
      if (quantity < 1 || unitPrice < 1) {
        throw new IllegalArgumentException("quantity and unit_price must be at least 1");
      }
    }

    private BigInteger total() {
      return BigInteger.valueOf(quantity).multiply(BigInteger.valueOf(unitPrice));
    }
  }

  /// Stricter than a partner has to be: a sender that miscounts must not pass for a good one.
  CallBody {
    Objects.requireNonNull(orderId, "order_id must not be null");
    Objects.requireNonNull(step, "step must not be null");
    Objects.requireNonNull(customerId, "customer_id must not be null");
    Objects.requireNonNull(merchantId, "merchant_id must not be null");
    items = List.copyOf(Objects.requireNonNull(items, "items must not be null"));
    if (round < 1 || attempt < 1) {
      throw new IllegalArgumentException("round and attempt must be at least 1");
    }
    if (!CURRENCY.matcher(Objects.requireNonNullElse(currency, "")).matches()) {
      throw new IllegalArgumentException("currency must be three capital letters");
    }
    BigInteger sum = items.stream().map(Item::total).reduce(BigInteger.ZERO, BigInteger::add);
    if (items.isEmpty() || !sum.equals(BigInteger.valueOf(total))) {
      throw new IllegalArgumentException("total must be the sum of one or more items");
    }
  }
}
