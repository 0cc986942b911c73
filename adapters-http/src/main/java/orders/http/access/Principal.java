package orders.http.access;

import java.util.Locale;
import java.util.Optional;
import orders.application.port.PlacedBy;
import orders.application.port.Role;
import orders.application.port.Viewer;
import orders.domain.CustomerId;
import orders.domain.MerchantId;
import orders.domain.Text;

/// Somebody who was found to be who they say.
///
/// @param subject tells them from all others of their role; text as in orders. For a customer its
///   `customer_id`
/// @param merchant whom a merchant's principal speaks for; absent for all others
public record Principal(Role role, String subject, Optional<MerchantId> merchant) {
  /// Whoever asks a server that does not want to know. No token may claim to be this.
  public static final Principal ANYBODY = new Principal(Role.OPERATOR, "anybody", Optional.empty());

  public Principal {
    Text.flaw(subject)
        .ifPresent(flaw -> {
          throw new IllegalArgumentException("subject " + flaw);
        });
    if (merchant.isPresent() != (role == Role.MERCHANT)) {
      throw new IllegalArgumentException("a merchant, and nobody else, speaks for a merchant");
    }
  }

  /// What they may see.
  public Viewer viewer() {
    return switch (role) {
      case STOREFRONT -> new Viewer.OfPlacer(placedBy());
      case CUSTOMER -> new Viewer.OfCustomer(customer());
      case MERCHANT -> new Viewer.OfMerchant(merchant.orElseThrow());
      case OPERATOR -> new Viewer.Unrestricted();
    };
  }

  /// The name under which they place orders.
  public PlacedBy placedBy() {
    return this.equals(ANYBODY)
        ? PlacedBy.ANYBODY
        : new PlacedBy(role.name().toLowerCase(Locale.ROOT) + ":" + subject);
  }

  /// Whether they may place orders for `customer`.
  public boolean placesFor(CustomerId customer) {
    return role != Role.CUSTOMER || customer.equals(customer());
  }

  private CustomerId customer() {
    return new CustomerId(subject);
  }
}
