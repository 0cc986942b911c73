package orders.bootstrap;

import java.io.Serial;
import java.util.List;

/// Settings that the server cannot start with.
final class InvalidSettings extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  InvalidSettings(List<String> problems) {
    super("Cannot start with these settings:\n  " + String.join("\n  ", problems));
  }
}
