package orders.application.usecase;

import java.util.List;
import java.util.Optional;
import orders.application.port.OrderQueries;
import orders.application.port.OrderQueries.Filter;
import orders.application.port.OrderQueries.Position;
import orders.application.port.StoredOrder;
import orders.application.port.Viewer;
import orders.domain.Line;
import orders.domain.Purchase;

/// Lists orders page by page, newest first. Orders placed while somebody pages do not disturb the
/// pages that follow.
public final class ListOrders {
  public static final int MAX_LIMIT = 200;

  /// After so many characters a page ends early. Otherwise 200 large orders would be an answer of
  /// 50 MB, held in memory for as long as its client reads.
  private static final int MAX_CHARACTERS = 256 * 1024;

  /// What an order or a line takes beside its text, about.
  private static final int FRAME = 100;

  private final OrderQueries queries;

  public ListOrders(OrderQueries queries) {
    this.queries = queries;
  }

  /// Of the orders that `viewer` may see.
  ///
  /// @param limit 1 to [#MAX_LIMIT]; of large orders there are fewer on a page
  public Page list(Viewer viewer, Filter filter, Optional<Position> after, int limit) {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("limit must be from 1 to " + MAX_LIMIT);
    }
    List<StoredOrder> found =
        viewer
            .narrow(filter)
            .map(narrowed -> queries.list(narrowed, after, limit + 1))
            .orElse(List.of());
    int number = Math.min(limit, fitting(found));
    return found.size() > number
        ? new Page(found.subList(0, number), Optional.of(Position.of(found.get(number - 1))))
        : new Page(found, Optional.empty());
  }

  /// How many of these fit on a page; at least one.
  private static int fitting(List<StoredOrder> orders) {
    int characters = 0;
    for (int i = 0; i < orders.size(); i++) {
      characters += characters(orders.get(i).order().purchase());
      if (characters > MAX_CHARACTERS) {
        return Math.max(1, i);
      }
    }
    return orders.size();
  }

  private static int characters(Purchase purchase) {
    int characters = FRAME;
    for (Line line : purchase.lines()) {
      characters += FRAME + line.sku().value().length();
      characters += line.name().map(name -> name.value().length()).orElse(0);
    }
    return characters;
  }

  /// @param next where the following page begins; empty on the last one
  public record Page(List<StoredOrder> orders, Optional<Position> next) {
    public Page {
      orders = List.copyOf(orders);
    }
  }
}
