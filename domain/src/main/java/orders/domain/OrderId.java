package orders.domain;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/// Identifies an order. New ones are UUIDv7, so that they sort roughly by age.
public record OrderId(UUID value) {
  /// `UUID.fromString` alone would take `1-2-3-4-5` as well.
  private static final Pattern DIGITS =
      Pattern.compile(
          "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

  /// The id written as `text`; empty if `text` is not a UUID of 8-4-4-4-12 hexadecimal digits, in
  /// either case.
  public static Optional<OrderId> parse(String text) {
    return DIGITS.matcher(text).matches()
        ? Optional.of(new OrderId(UUID.fromString(text)))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
