package orders.application.usecase;

import java.time.Duration;
import java.util.Optional;
import orders.application.dispatch.OrderWatch;
import orders.application.port.OrderQueries;
import orders.application.port.StoredOrder;
import orders.application.port.Viewer;
import orders.domain.OrderId;

/// Looks one order up, and waits for it to end.
public final class AwaitOrder {
  private final OrderQueries queries;
  private final OrderWatch watch;

  public AwaitOrder(OrderQueries queries, OrderWatch watch) {
    this.queries = queries;
    this.watch = watch;
  }

  /// The order once it has ended, or as it is after `atMost`, or when the server stops; empty at
  /// once if there is none that `viewer` may see. Blocks the calling thread.
  public Optional<StoredOrder> await(OrderId id, Viewer viewer, Duration atMost)
      throws InterruptedException {
    long start = System.nanoTime();
    try (OrderWatch.Watch changes = watch.watch(id)) {
      while (true) {
        Optional<StoredOrder> found = queries.find(id).filter(viewer::sees);
        found.ifPresent(order -> changes.saw(order.order().version()));
        Duration left = atMost.minusNanos(System.nanoTime() - start);
        boolean worthWaiting =
            found.filter(order -> !order.order().status().isTerminal()).isPresent()
                && left.isPositive();
        if (!worthWaiting || !changes.await(left)) {
          return found;
        }
      }
    }
  }
}
