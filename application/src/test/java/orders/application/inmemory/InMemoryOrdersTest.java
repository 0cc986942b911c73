package orders.application.inmemory;

import orders.application.contract.OrdersContract;
import orders.application.contract.TestStore;
import orders.application.fake.InMemoryStore;

final class InMemoryOrdersTest extends OrdersContract {
  private final InMemoryStore store = new InMemoryStore(LEASE);

  @Override
  protected TestStore store() {
    return store;
  }
}
