package orders.application.usecase;

import java.util.Optional;
import orders.application.port.Account;
import orders.application.port.Accounts;

/// Looks an account up.
public final class FindAccount {
  private final Accounts accounts;

  public FindAccount(Accounts accounts) {
    this.accounts = accounts;
  }

  public Optional<Account> find(String subject) {
    return accounts.findSubject(subject);
  }
}
