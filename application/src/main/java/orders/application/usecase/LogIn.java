package orders.application.usecase;

import java.time.Duration;
import java.util.Optional;
import orders.application.login.LoginThrottle;
import orders.application.login.LoginThrottle.Attempt;
import orders.application.login.LoginThrottle.Turn;
import orders.application.port.Account;
import orders.application.port.Accounts;
import orders.application.port.EmailAddress;
import orders.application.port.Password;
import orders.application.port.PasswordHash;
import orders.application.port.Passwords;

/// Finds out whether somebody knows the password of an account.
public final class LogIn {
  private final Accounts accounts;
  private final Passwords passwords;
  private final LoginThrottle throttle;

  public LogIn(Accounts accounts, Passwords passwords, LoginThrottle throttle) {
    this.accounts = accounts;
    this.passwords = passwords;
    this.throttle = throttle;
  }

  /// Whether there is no such account or the password is wrong is not told, neither by the outcome
  /// nor by the time that it takes.
  ///
  /// @param address where the attempt comes from; opaque
  public Outcome logIn(EmailAddress email, Password password, String address) {
    return switch (throttle.ask(email, address)) {
      case Turn.Paused(Duration left) -> new Outcome.Paused(left);
      case Turn.Granted(Attempt attempt) -> check(email, password, attempt);
    };
  }

  private Outcome check(EmailAddress email, Password password, Attempt attempt) {
    try {
      Optional<Account> account = accounts.find(email);
      PasswordHash hash = account.map(Account::password).orElseGet(passwords::ofNobody);
      if (passwords.matches(password, hash) && account.isPresent()) {
        attempt.wasRight();
        return new Outcome.LoggedIn(account.get());
      }
      return new Outcome.Refused();
    } catch (RuntimeException e) {
      attempt.wasNotChecked();
      throw e;
    }
  }

  public sealed interface Outcome {
    record LoggedIn(Account account) implements Outcome {}

    record Refused() implements Outcome {}

    /// There were too many wrong passwords; this one was not looked at.
    ///
    /// @param left until another one is
    record Paused(Duration left) implements Outcome {}
  }
}
