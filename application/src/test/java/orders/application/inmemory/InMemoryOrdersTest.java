package orders.application.inmemory;

import java.time.Duration;
import orders.application.contract.OrdersContract;
import orders.application.fake.InMemoryStore;
import orders.application.port.OrderQueries;
import orders.application.port.Orders;
import orders.application.port.WorkQueue;

class InMemoryOrdersTest extends OrdersContract {
  private final InMemoryStore store = new InMemoryStore(LEASE);

  @Override
  protected Orders orders(String node) {
    return store.orders(node);
  }

  @Override
  protected WorkQueue queue(String node) {
    return store.queue(node);
  }

  @Override
  protected OrderQueries queries() {
    return store.queries();
  }

  @Override
  protected void passTime(Duration duration) {
    store.passTime(duration);
  }
}
