package orders.application.inmemory;

import orders.application.contract.EventFeedContract;
import orders.application.contract.TestStore;
import orders.application.fake.InMemoryStore;

final class InMemoryEventFeedTest extends EventFeedContract {
  private final InMemoryStore store = new InMemoryStore(LEASE);

  @Override
  protected TestStore store() {
    return store;
  }
}
