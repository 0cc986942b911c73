package orders.application.usecase;

import java.util.List;
import java.util.Optional;
import orders.application.port.OrderQueries;
import orders.domain.Event;
import orders.domain.OrderId;

/// Reads all that happened to an order, oldest first.
public final class ReadHistory {
  private final OrderQueries queries;

  public ReadHistory(OrderQueries queries) {
    this.queries = queries;
  }

  public Optional<List<Event>> read(OrderId id) {
    return queries.history(id);
  }
}
