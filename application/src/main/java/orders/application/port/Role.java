package orders.application.port;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What somebody is to the system.
public enum Role {
  /// Places orders for any customer; sees, follows and cancels the orders it placed.
  STOREFRONT,
  /// The same for itself.
  CUSTOMER,
  /// Sees and follows the orders that it is to fulfil.
  MERCHANT,
  /// May everything.
  OPERATOR;

  /// As it stands in tokens, bodies and tables.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Role> parse(String word) {
    return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
  }
}
