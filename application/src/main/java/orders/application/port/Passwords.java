package orders.application.port;

import java.io.Serial;

/// Makes hashes of passwords, and knows passwords by them.
///
/// Safe from any thread. Each call is slow on purpose and takes a good deal of memory; so only a
/// few are let at it at once. The others wait, and after a while are refused.
public interface Passwords {
  /// @throws Busy if there was no turn for it in time
  PasswordHash hash(Password password);

  /// Whether `hash` was made of this password. Takes the same time either way, and as long as
  /// [#hash] does.
  ///
  /// @throws Busy if there was no turn for it in time
  boolean matches(Password password, PasswordHash hash);

  /// A hash that no password has, and that takes as long to compare with as any other.
  PasswordHash ofNobody();

  /// Too many want to have passwords checked.
  final class Busy extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    public Busy() {
      super("too many passwords are to be checked", null, false, false);
    }
  }
}
