package orders.application.port;

import java.util.Optional;
import orders.domain.MerchantId;

/// Somebody who can log in.
///
/// @param subject tells them from all others, and never changes. For a customer its `customer_id`
/// @param merchant whom a merchant's account speaks for; absent for all others
public record Account(
    String subject,
    EmailAddress email,
    Role role,
    Optional<MerchantId> merchant,
    PasswordHash password) {
  public Account {
    if (merchant.isPresent() != (role == Role.MERCHANT)) {
      throw new IllegalArgumentException("a merchant, and nobody else, speaks for a merchant");
    }
  }
}
