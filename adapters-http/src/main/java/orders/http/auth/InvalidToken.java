package orders.http.auth;

import java.io.Serial;

/// A token proves nothing. Why is for the log of a developer, never for whoever sent it.
final class InvalidToken extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /// @param reason without anything from the token
  InvalidToken(String reason) {
    super(reason, null, false, false);
  }
}
