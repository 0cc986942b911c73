package orders.bootstrap;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/// Why the server cannot start, in words for whoever started it.
final class CannotStart extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  CannotStart(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
