package orders.application.port;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import orders.domain.Event;
import orders.domain.OrderId;

/// What became of orders since somebody last looked. What was durable before a call began is seen
/// by it.
///
/// Safe from any thread; never waits for writes. Every method throws [StoreUnavailable] if the
/// database cannot be reached.
public interface OrderChanges {
  /// The number of the last event of each of `orders`, all of one moment. Those that do not exist
  /// are left out.
  ///
  /// Cheap: meant to be asked several times a second for up to a thousand orders.
  Map<OrderId, Long> versions(Collection<OrderId> orders);

  /// The events of one order that are numbered higher than `after`, oldest first; none if there is
  /// no such order.
  List<Event> events(OrderId order, long after);
}
