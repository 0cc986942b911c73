package orders.application.usecase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import orders.application.fake.FakePasswords;
import orders.application.fake.InMemoryAccounts;
import orders.application.login.LoginThrottle;
import orders.application.port.Account;
import orders.application.port.EmailAddress;
import orders.application.port.Password;
import orders.application.port.Passwords;
import orders.application.port.Role;
import orders.application.port.StoreUnavailable;
import org.junit.jupiter.api.Test;

/// Registering, logging in, and the operator's account.
final class AccountsTest {
  private static final EmailAddress EMAIL = EmailAddress.parse("me@example.com").orElseThrow();
  private static final EmailAddress OTHER = EmailAddress.parse("you@example.com").orElseThrow();
  private static final Password PASSWORD = new Password("correct horse battery");
  private static final Password WRONG = new Password("incorrect horse battery");
  private static final String HOME = "192.0.2.1";

  private final InMemoryAccounts accounts = new InMemoryAccounts();
  private final FakePasswords passwords = new FakePasswords();
  private final RegisterAccount register =
      new RegisterAccount(accounts, passwords, () -> UUID.randomUUID().toString());
  private final EnsureOperator ensureOperator =
      new EnsureOperator(accounts, passwords, () -> UUID.randomUUID().toString());
  private final LogIn logIn =
      new LogIn(
          accounts, passwords, new LoginThrottle(() -> Instant.parse("2026-11-21T09:00:00Z")));

  private LogIn.Outcome logIn(EmailAddress email, Password password) {
    return logIn.logIn(email, password, HOME);
  }

  @Test
  void whoeverRegistersIsACustomerAndCanLogIn() {
    register.register(EMAIL, PASSWORD);
    Account account = accounts.find(EMAIL).orElseThrow();
    assertThat(account.role()).isEqualTo(Role.CUSTOMER);
    assertThat(logIn(EMAIL, PASSWORD)).isEqualTo(new LogIn.Outcome.LoggedIn(account));
  }

  @Test
  void registeringAgainChangesNothingAndTakesAsLong() {
    register.register(EMAIL, PASSWORD);
    Account before = accounts.find(EMAIL).orElseThrow();
    assertThat(passwords.computed()).isEqualTo(1);
    register.register(EMAIL, WRONG);
    assertThat(passwords.computed()).isEqualTo(2);
    assertThat(accounts.find(EMAIL)).contains(before);
  }

  @Test
  void aWrongPasswordAndAnUnknownAccountAreAlikeAndTakeAsLong() {
    register.register(EMAIL, PASSWORD);
    int before = passwords.computed();
    assertThat(logIn(EMAIL, WRONG)).isEqualTo(new LogIn.Outcome.Refused());
    assertThat(passwords.computed()).isEqualTo(before + 1);
    assertThat(logIn(OTHER, WRONG)).isEqualTo(new LogIn.Outcome.Refused());
    assertThat(passwords.computed()).isEqualTo(before + 2);
  }

  @Test
  void nobodyLogsInToAnAccountThatIsNotThere() {
    assertThat(logIn(OTHER, new Password(passwords.ofNobody().value())))
        .isEqualTo(new LogIn.Outcome.Refused());
  }

  @Test
  void knownAndUnknownAccountsPauseAlikeWithoutLookingAtThePassword() {
    register.register(EMAIL, PASSWORD);
    for (EmailAddress email : new EmailAddress[] {EMAIL, OTHER}) {
      for (int i = 0; i < 5; i++) {
        assertThat(logIn(email, WRONG)).isEqualTo(new LogIn.Outcome.Refused());
      }
      int before = passwords.computed();
      assertThat(logIn(email, PASSWORD)).isEqualTo(new LogIn.Outcome.Paused(Duration.ofMinutes(1)));
      assertThat(passwords.computed()).isEqualTo(before);
    }
  }

  @Test
  void whatCouldNotBeCheckedIsNoWrongPassword() {
    register.register(EMAIL, PASSWORD);
    passwords.setBusy(true);
    for (int i = 0; i < 10; i++) {
      assertThatThrownBy(() -> logIn(EMAIL, PASSWORD)).isInstanceOf(Passwords.Busy.class);
    }
    passwords.setBusy(false);
    accounts.setReachable(false);
    for (int i = 0; i < 10; i++) {
      assertThatThrownBy(() -> logIn(EMAIL, PASSWORD)).isInstanceOf(StoreUnavailable.class);
    }
    accounts.setReachable(true);
    assertThat(logIn(EMAIL, PASSWORD)).isInstanceOf(LogIn.Outcome.LoggedIn.class);
  }

  @Test
  void theOperatorsAccountIsMadeOnceAndKeptAsTheSettingsHaveIt() {
    assertThat(ensureOperator.ensure(EMAIL, PASSWORD)).isTrue();
    Account made = accounts.find(EMAIL).orElseThrow();
    assertThat(made.role()).isEqualTo(Role.OPERATOR);

    assertThat(ensureOperator.ensure(EMAIL, PASSWORD)).isFalse();
    assertThat(accounts.find(EMAIL)).contains(made);

    assertThat(ensureOperator.ensure(EMAIL, WRONG)).isTrue();
    assertThat(logIn(EMAIL, PASSWORD)).isEqualTo(new LogIn.Outcome.Refused());
    assertThat(logIn(EMAIL, WRONG)).isInstanceOf(LogIn.Outcome.LoggedIn.class);
  }

  @Test
  void aCustomerWhoRegisteredTheOperatorsAddressLosesIt() {
    register.register(EMAIL, PASSWORD);
    assertThat(ensureOperator.ensure(EMAIL, PASSWORD)).isTrue();
    assertThat(accounts.find(EMAIL).map(Account::role)).contains(Role.OPERATOR);
  }

  @Test
  void anAccountIsMadeOfAnyRoleUnlessItsAddressIsTaken() {
    var create = new CreateAccount(accounts, passwords, () -> "subject");
    var request = new CreateAccount.Request(EMAIL, PASSWORD, Role.STOREFRONT, Optional.empty());
    assertThat(create.create(request))
        .isEqualTo(new CreateAccount.Outcome.Created(accounts.find(EMAIL).orElseThrow()));
    assertThat(create.create(request)).isEqualTo(new CreateAccount.Outcome.EmailTaken());
  }
}
