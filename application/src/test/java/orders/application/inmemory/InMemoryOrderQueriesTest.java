package orders.application.inmemory;

import orders.application.contract.OrderQueriesContract;
import orders.application.contract.TestStore;
import orders.application.fake.InMemoryStore;

final class InMemoryOrderQueriesTest extends OrderQueriesContract {
  private final InMemoryStore store = new InMemoryStore(LEASE);

  @Override
  protected TestStore store() {
    return store;
  }
}
