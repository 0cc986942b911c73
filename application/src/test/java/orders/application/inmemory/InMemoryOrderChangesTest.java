package orders.application.inmemory;

import orders.application.contract.OrderChangesContract;
import orders.application.contract.TestStore;
import orders.application.fake.InMemoryStore;

final class InMemoryOrderChangesTest extends OrderChangesContract {
  private final InMemoryStore store = new InMemoryStore(LEASE);

  @Override
  protected TestStore store() {
    return store;
  }
}
