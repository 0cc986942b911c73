package orders.application.usecase;

import java.util.List;
import java.util.Optional;
import orders.application.port.OrderQueries;
import orders.application.port.OrderQueries.Filter;
import orders.application.port.OrderQueries.Position;
import orders.application.port.StoredOrder;
import orders.application.port.Viewer;

/// Lists orders page by page, newest first. Orders placed while somebody pages do not disturb the
/// pages that follow.
public final class ListOrders {
  public static final int MAX_LIMIT = 200;

  private final OrderQueries queries;

  public ListOrders(OrderQueries queries) {
    this.queries = queries;
  }

  /// Of the orders that `viewer` may see.
  ///
  /// @param limit 1 to [#MAX_LIMIT]
  public Page list(Viewer viewer, Filter filter, Optional<Position> after, int limit) {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("limit must be from 1 to " + MAX_LIMIT);
    }
    List<StoredOrder> found =
        viewer
            .narrow(filter)
            .map(narrowed -> queries.list(narrowed, after, limit + 1))
            .orElse(List.of());
    return found.size() > limit
        ? new Page(found.subList(0, limit), Optional.of(Position.of(found.get(limit - 1))))
        : new Page(found, Optional.empty());
  }

  /// @param next where the following page begins; empty on the last one
  public record Page(List<StoredOrder> orders, Optional<Position> next) {
    public Page {
      orders = List.copyOf(orders);
    }
  }
}
