package orders.application.inmemory;

import orders.application.contract.TestStore;
import orders.application.contract.WorkQueueContract;
import orders.application.fake.InMemoryStore;

final class InMemoryWorkQueueTest extends WorkQueueContract {
  private final InMemoryStore store = new InMemoryStore(LEASE);

  @Override
  protected TestStore store() {
    return store;
  }
}
