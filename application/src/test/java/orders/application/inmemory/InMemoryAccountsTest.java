package orders.application.inmemory;

import orders.application.contract.AccountsContract;
import orders.application.fake.InMemoryAccounts;
import orders.application.port.Accounts;

final class InMemoryAccountsTest extends AccountsContract {
  private final InMemoryAccounts accounts = new InMemoryAccounts();

  @Override
  protected Accounts accounts() {
    return accounts;
  }
}
