package orders.application.inmemory;

import orders.application.contract.PlacingOnceContract;
import orders.application.contract.TestStore;
import orders.application.fake.InMemoryStore;

final class InMemoryPlacingOnceTest extends PlacingOnceContract {
  private final InMemoryStore store = new InMemoryStore(LEASE);

  @Override
  protected TestStore store() {
    return store;
  }
}
