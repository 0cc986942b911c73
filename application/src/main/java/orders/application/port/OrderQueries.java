package orders.application.port;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import orders.domain.CustomerId;
import orders.domain.Event;
import orders.domain.MerchantId;
import orders.domain.OrderId;
import orders.domain.Reference;
import orders.domain.Status;

/// Orders to read. What was durable before a call began is seen by it.
///
/// Safe from any thread; never waits for writes. Every method throws [StoreUnavailable] if the
/// database cannot be reached.
public interface OrderQueries {
  Optional<StoredOrder> find(OrderId id);

  /// The order's events, oldest first; empty if there is no such order.
  Optional<List<Event>> history(OrderId id);

  /// At most `limit` (at least 1) orders that pass `filter`, newest first: by creation, then by id,
  /// both descending.
  ///
  /// @param after absent for the newest; else only orders beyond this one
  List<StoredOrder> list(Filter filter, Optional<Position> after, int limit);

  /// Absent criteria let everything pass; present ones must all hold.
  ///
  /// @param needsAttention whether only orders pass that wait for an operator
  /// @param createdFrom inclusive
  /// @param createdTo exclusive
  record Filter(
      Optional<Status> status,
      boolean needsAttention,
      Optional<CustomerId> customer,
      Optional<MerchantId> merchant,
      Optional<Reference> reference,
      Optional<PlacedBy> placedBy,
      Optional<Instant> createdFrom,
      Optional<Instant> createdTo) {
    public static final Filter NONE =
        new Filter(
            Optional.empty(),
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    Filter withCustomer(CustomerId customer) {
      return new Filter(
          status,
          needsAttention,
          Optional.of(customer),
          merchant,
          reference,
          placedBy,
          createdFrom,
          createdTo);
    }

    Filter withMerchant(MerchantId merchant) {
      return new Filter(
          status,
          needsAttention,
          customer,
          Optional.of(merchant),
          reference,
          placedBy,
          createdFrom,
          createdTo);
    }

    Filter withPlacedBy(PlacedBy placedBy) {
      return new Filter(
          status,
          needsAttention,
          customer,
          merchant,
          reference,
          Optional.of(placedBy),
          createdFrom,
          createdTo);
    }
  }

  /// A place in the list: that of the order with this creation time and id.
  record Position(Instant createdAt, OrderId id) {
    public static Position of(StoredOrder order) {
      return new Position(order.createdAt(), order.order().id());
    }
  }
}
