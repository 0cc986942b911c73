package orders.application.port;

import java.util.Optional;
import orders.application.port.OrderQueries.Filter;
import orders.domain.CustomerId;
import orders.domain.MerchantId;

/// Whose eyes orders are seen with. What somebody may not see does not exist for them.
public sealed interface Viewer {
  /// Whether an order of these exists for this viewer.
  boolean sees(Parties parties);

  /// Whether the order exists for this viewer.
  default boolean sees(StoredOrder order) {
    return sees(Parties.of(order));
  }

  /// What `filter` lets pass of all that this viewer sees; empty if that can be nothing.
  Optional<Filter> narrow(Filter filter);

  /// Sees every order.
  record Unrestricted() implements Viewer {
    @Override
    public boolean sees(Parties parties) {
      return true;
    }

    @Override
    public Optional<Filter> narrow(Filter filter) {
      return Optional.of(filter);
    }
  }

  /// Sees the orders of one customer, whoever placed them.
  record OfCustomer(CustomerId customer) implements Viewer {
    @Override
    public boolean sees(Parties parties) {
      return parties.customer().equals(customer);
    }

    @Override
    public Optional<Filter> narrow(Filter filter) {
      return filter.customer().orElse(customer).equals(customer)
          ? Optional.of(filter.withCustomer(customer))
          : Optional.empty();
    }
  }

  /// Sees the orders of one merchant.
  record OfMerchant(MerchantId merchant) implements Viewer {
    @Override
    public boolean sees(Parties parties) {
      return parties.merchant().equals(merchant);
    }

    @Override
    public Optional<Filter> narrow(Filter filter) {
      return filter.merchant().orElse(merchant).equals(merchant)
          ? Optional.of(filter.withMerchant(merchant))
          : Optional.empty();
    }
  }

  /// Sees the orders that were placed under one name.
  record OfPlacer(PlacedBy placer) implements Viewer {
    @Override
    public boolean sees(Parties parties) {
      return parties.placedBy().equals(placer);
    }

    @Override
    public Optional<Filter> narrow(Filter filter) {
      return filter.placedBy().orElse(placer).equals(placer)
          ? Optional.of(filter.withPlacedBy(placer))
          : Optional.empty();
    }
  }
}
