package orders.application.inmemory;

import orders.application.contract.TestStore;
import orders.application.contract.TurnsContract;
import orders.application.fake.InMemoryStore;

final class InMemoryTurnsTest extends TurnsContract {
  private final InMemoryStore store = new InMemoryStore(LEASE);

  @Override
  protected TestStore store() {
    return store;
  }
}
