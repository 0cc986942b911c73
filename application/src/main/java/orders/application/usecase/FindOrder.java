package orders.application.usecase;

import java.util.Optional;
import orders.application.port.OrderQueries;
import orders.application.port.StoredOrder;
import orders.application.port.Viewer;
import orders.domain.OrderId;

/// Looks one order up.
public final class FindOrder {
  private final OrderQueries queries;

  public FindOrder(OrderQueries queries) {
    this.queries = queries;
  }

  /// Empty if there is none that `viewer` may see.
  public Optional<StoredOrder> find(OrderId id, Viewer viewer) {
    return queries.find(id).filter(viewer::sees);
  }
}
