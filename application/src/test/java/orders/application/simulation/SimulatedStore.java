package orders.application.simulation;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import orders.application.port.Claim;
import orders.application.port.Lease;
import orders.application.port.OrderQueries;
import orders.application.port.Orders;
import orders.application.port.Origin;
import orders.application.port.Recorded;
import orders.application.port.StoredOrder;
import orders.application.port.WorkQueue;
import orders.domain.Event;
import orders.domain.Move;
import orders.domain.Order;
import orders.domain.OrderId;

/// The ports of a store, reached over the simulated network.
final class SimulatedStore {
  private SimulatedStore() {}

  record Placing(Network network, Orders orders) implements Orders {
    @Override
    public Placed place(Move.Made placed, HandOver handOver, Origin origin) {
      return network.toDatabase(() -> orders.place(placed, handOver, origin));
    }

    @Override
    public Recorded move(Order before, Move.Made move) {
      return network.toDatabase(() -> orders.move(before, move));
    }
  }

  record Queue(Network network, WorkQueue queue) implements WorkQueue {
    @Override
    public List<Claim> claim(int max) {
      return network.toDatabase(() -> queue.claim(max));
    }

    @Override
    public Recorded record(Lease lease, Move.Made move, Optional<Duration> releaseFor) {
      return network.toDatabase(() -> queue.record(lease, move, releaseFor));
    }

    @Override
    public Optional<Order> held(Lease lease) {
      return network.toDatabase(() -> queue.held(lease));
    }

    @Override
    public boolean postpone(Lease lease, Duration delay, Obstacle obstacle) {
      return network.toDatabase(() -> queue.postpone(lease, delay, obstacle));
    }

    @Override
    public List<Lease> renew(Collection<Lease> leases) {
      return network.toDatabase(() -> queue.renew(leases));
    }

    @Override
    public void release(Collection<Lease> leases) {
      var _ =
          network.toDatabase(() -> {
            queue.release(leases);
            return true;
          });
    }
  }

  record Queries(Network network, OrderQueries queries) implements OrderQueries {
    @Override
    public Optional<StoredOrder> find(OrderId id) {
      return network.toDatabase(() -> queries.find(id));
    }

    @Override
    public Optional<List<Event>> history(OrderId id) {
      return network.toDatabase(() -> queries.history(id));
    }

    @Override
    public List<StoredOrder> list(Filter filter, Optional<Position> after, int limit) {
      return network.toDatabase(() -> queries.list(filter, after, limit));
    }
  }
}
