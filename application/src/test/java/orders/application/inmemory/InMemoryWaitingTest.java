package orders.application.inmemory;

import orders.application.contract.TestStore;
import orders.application.contract.WaitingContract;
import orders.application.fake.InMemoryStore;

final class InMemoryWaitingTest extends WaitingContract {
  private final InMemoryStore store = new InMemoryStore(LEASE);

  @Override
  protected TestStore store() {
    return store;
  }
}
