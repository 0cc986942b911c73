package orders.application.usecase;

import java.util.Optional;
import java.util.function.Supplier;
import orders.application.port.Account;
import orders.application.port.Accounts;
import orders.application.port.EmailAddress;
import orders.application.port.Password;
import orders.application.port.Passwords;
import orders.application.port.Role;

/// Makes an account for a customer who asks for one.
public final class RegisterAccount {
  private final Accounts accounts;
  private final Passwords passwords;
  private final Supplier<String> newSubject;

  /// @param newSubject nobody can guess
  public RegisterAccount(Accounts accounts, Passwords passwords, Supplier<String> newSubject) {
    this.accounts = accounts;
    this.passwords = passwords;
    this.newSubject = newSubject;
  }

  /// Does nothing if there is an account with that address, and neither says so nor takes less
  /// time: strangers do not learn here who has one.
  public void register(EmailAddress email, Password password) {
    var hash = passwords.hash(password);
    var _ =
        accounts.add(new Account(newSubject.get(), email, Role.CUSTOMER, Optional.empty(), hash));
  }
}
