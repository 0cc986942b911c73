package orders.application.usecase;

import java.util.Optional;
import java.util.function.Supplier;
import orders.application.port.Account;
import orders.application.port.Accounts;
import orders.application.port.EmailAddress;
import orders.application.port.Password;
import orders.application.port.Passwords;
import orders.application.port.Role;

/// Sees to it that an operator can log in with the address and password from the settings.
///
/// Any number of nodes may do so at once, and each at every start.
public final class EnsureOperator {
  private final Accounts accounts;
  private final Passwords passwords;
  private final Supplier<String> newSubject;

  public EnsureOperator(Accounts accounts, Passwords passwords, Supplier<String> newSubject) {
    this.accounts = accounts;
    this.passwords = passwords;
    this.newSubject = newSubject;
  }

  /// @return whether anything had to be changed for it
  public boolean ensure(EmailAddress email, Password password) {
    Optional<Account> found = accounts.find(email);
    if (found.filter(account -> account.role() == Role.OPERATOR).isPresent()
        && passwords.matches(password, found.get().password())) {
      return false;
    }
    accounts.put(
        new Account(
            newSubject.get(), email, Role.OPERATOR, Optional.empty(), passwords.hash(password)));
    return true;
  }
}
