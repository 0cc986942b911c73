package orders.application.usecase;

import java.util.Optional;
import java.util.function.Supplier;
import orders.application.port.Account;
import orders.application.port.Accounts;
import orders.application.port.EmailAddress;
import orders.application.port.Password;
import orders.application.port.Passwords;
import orders.application.port.Role;
import orders.domain.MerchantId;

/// Makes an account of any role, for an operator.
public final class CreateAccount {
  private final Accounts accounts;
  private final Passwords passwords;
  private final Supplier<String> newSubject;

  public CreateAccount(Accounts accounts, Passwords passwords, Supplier<String> newSubject) {
    this.accounts = accounts;
    this.passwords = passwords;
    this.newSubject = newSubject;
  }

  public Outcome create(Request request) {
    var account =
        new Account(
            newSubject.get(),
            request.email(),
            request.role(),
            request.merchant(),
            passwords.hash(request.password()));
    return accounts.add(account) ? new Outcome.Created(account) : new Outcome.EmailTaken();
  }

  /// @param merchant whom a merchant's account speaks for; absent for all others
  public record Request(
      EmailAddress email, Password password, Role role, Optional<MerchantId> merchant) {}

  public sealed interface Outcome {
    record Created(Account account) implements Outcome {}

    record EmailTaken() implements Outcome {}
  }
}
