package orders.bootstrap.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import orders.application.port.Orders;
import orders.application.port.Origin;
import orders.application.port.Recorded;
import orders.domain.Move;
import orders.domain.Order;

/// Counts what is placed, and moved from outside the worker pool.
final class MeteredOrders implements Orders {
  private final Orders orders;
  private final EventMeters events;
  private final Counter fresh;
  private final Counter repeated;
  private final Counter keyTaken;

  MeteredOrders(Orders orders, EventMeters events, MeterRegistry registry) {
    this.orders = orders;
    this.events = events;
    this.fresh = placed(registry, "new");
    this.repeated = placed(registry, "repeated");
    this.keyTaken = placed(registry, "key_taken");
  }

  private static Counter placed(MeterRegistry registry, String outcome) {
    return Counter.builder("orders.placed")
        .description("Orders that were placed, by whether they had been before")
        .tag("outcome", outcome)
        .register(registry);
  }

  @Override
  public Placed place(Move.Made placed, HandOver handOver, Origin origin) {
    Placed stored = orders.place(placed, handOver, origin);
    Order sent = placed.order();
    if (stored.order().id().equals(sent.id())) {
      fresh.increment();
      events.happened(placed.facts());
    } else if (stored.order().purchase().equals(sent.purchase())) {
      repeated.increment();
    } else {
      keyTaken.increment();
    }
    return stored;
  }

  @Override
  public Recorded move(Order before, Move.Made move) {
    Recorded recorded = orders.move(before, move);
    if (recorded instanceof Recorded.Done) {
      events.happened(move.facts());
    }
    return recorded;
  }
}
