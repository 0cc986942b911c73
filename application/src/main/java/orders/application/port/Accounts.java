package orders.application.port;

import java.util.Optional;

/// Those who can log in. No two have the same email address, and none the same subject.
///
/// Safe from any thread and on any number of nodes; what is changed is durable when a call returns,
/// and seen by every call that begins afterwards. Every method throws [StoreUnavailable] if the
/// store did not say what came of it.
public interface Accounts {
  Optional<Account> find(EmailAddress email);

  Optional<Account> findSubject(String subject);

  /// Stores a new account, unless there is one with its email address: that one stays as it is.
  ///
  /// @return whether it is stored. After an unknown outcome the answer of a second call says no
  ///   more than that there is an account
  boolean add(Account account);

  /// Stores the account, or gives the one that has its email address already the role, merchant and
  /// password of this one. Its subject stays. Several nodes may do so at once.
  void put(Account account);
}
