package orders.http.auth;

import java.io.Serial;

/// The keys that tokens are signed with are not known yet.
final class KeysUnavailable extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  KeysUnavailable() {
    super("there are no keys yet", null, false, false);
  }
}
