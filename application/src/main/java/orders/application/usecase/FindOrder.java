package orders.application.usecase;

import java.util.Optional;
import orders.application.port.OrderQueries;
import orders.application.port.StoredOrder;
import orders.domain.OrderId;

/// Looks one order up.
public final class FindOrder {
  private final OrderQueries queries;

  public FindOrder(OrderQueries queries) {
    this.queries = queries;
  }

  public Optional<StoredOrder> find(OrderId id) {
    return queries.find(id);
  }
}
