package orders.bootstrap;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import orders.application.login.LoginThrottle;
import orders.application.port.Accounts;
import orders.application.port.Passwords;
import orders.application.usecase.CreateAccount;
import orders.application.usecase.EnsureOperator;
import orders.application.usecase.FindAccount;
import orders.application.usecase.LogIn;
import orders.application.usecase.RegisterAccount;
import orders.http.OwnAccounts;
import orders.http.access.Authentication;
import orders.http.auth.Argon2Passwords;
import orders.http.auth.BearerAuthentication;
import orders.http.auth.JwksEndpoint;
import orders.http.auth.RemoteKeys;
import orders.http.auth.SharedSecret;
import orders.http.auth.TokenIssuer;
import orders.http.auth.TokenKeys;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who asks, and the accounts of those whom nobody else knows.
final class AccessModule extends AbstractModule {
  private static final Logger log = LoggerFactory.getLogger(AccessModule.class);

  private static final InstantSource CLOCK = InstantSource.system();

  private final AccessSettings settings;

  AccessModule(AccessSettings settings) {
    this.settings = settings;
  }

  /// What there is to do before the first request that says who it is from.
  @FunctionalInterface
  interface FirstAccount {
    /// @throws orders.application.port.StoreUnavailable if that is not known to be done
    void ensure();
  }

  /// A subject that tells nothing of whose it is.
  private static String newSubject() {
    return UUID.randomUUID().toString();
  }

  @Provides
  @Singleton
  Optional<TokenKeys> keys() {
    return switch (settings) {
      case AccessSettings.Off _ -> Optional.empty();
      case AccessSettings.Secret secret -> Optional.of(new SharedSecret(secret.secret()));
      case AccessSettings.Provider provider ->
          Optional.of(new RemoteKeys(new JwksEndpoint(provider.keys())));
    };
  }

  @Provides
  @Singleton
  Authentication authentication(Optional<TokenKeys> keys) {
    return switch (settings) {
      case AccessSettings.Off _ -> Authentication.OFF;
      case AccessSettings.Secret secret ->
          new BearerAuthentication(keys.orElseThrow(), secret.rules(), CLOCK);
      case AccessSettings.Provider provider ->
          new BearerAuthentication(keys.orElseThrow(), provider.rules(), CLOCK);
    };
  }

  @Provides
  @Singleton
  Optional<OwnAccounts> accounts(Accounts accounts) {
    return settings instanceof AccessSettings.Secret secret
        ? Optional.of(ownAccounts(accounts, secret))
        : Optional.empty();
  }

  private static OwnAccounts ownAccounts(Accounts accounts, AccessSettings.Secret secret) {
    Passwords passwords = new Argon2Passwords();
    return new OwnAccounts(
        new RegisterAccount(accounts, passwords, AccessModule::newSubject),
        new LogIn(accounts, passwords, new LoginThrottle(CLOCK)),
        new CreateAccount(accounts, passwords, AccessModule::newSubject),
        new FindAccount(accounts),
        new TokenIssuer(secret.secret(), secret.rules(), CLOCK));
  }

  /// With turns at hashing of its own, and all the time it takes: neither strangers who register
  /// nor a busy machine keep a server from starting.
  @Provides
  @Singleton
  FirstAccount firstAccount(Accounts accounts) {
    if (settings instanceof AccessSettings.Secret secret && secret.operator().isPresent()) {
      AccessSettings.Operator operator = secret.operator().get();
      var ensure =
          new EnsureOperator(accounts, Argon2Passwords.patient(), AccessModule::newSubject);
      return () -> {
        if (ensure.ensure(operator.email(), operator.password())) {
          log.info("The operator's account is as the settings have it");
        }
      };
    }
    return () -> {};
  }
}
