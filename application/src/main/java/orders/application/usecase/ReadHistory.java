package orders.application.usecase;

import java.util.List;
import java.util.Optional;
import orders.application.port.OrderQueries;
import orders.application.port.Viewer;
import orders.domain.Event;
import orders.domain.OrderId;

/// Reads all that happened to an order, oldest first.
public final class ReadHistory {
  private final OrderQueries queries;

  public ReadHistory(OrderQueries queries) {
    this.queries = queries;
  }

  /// Empty if there is no such order that `viewer` may see.
  public Optional<List<Event>> read(OrderId id, Viewer viewer) {
    return isVisible(id, viewer) ? queries.history(id) : Optional.empty();
  }

  /// Events do not tell whose they are; but who sees all need not look.
  private boolean isVisible(OrderId id, Viewer viewer) {
    return viewer instanceof Viewer.Unrestricted
        || queries.find(id).filter(viewer::sees).isPresent();
  }
}
