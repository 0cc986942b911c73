package orders.postgres;

import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/// Why something went wrong in the end, in one line for operators.
final class RootCause {
  private RootCause() {}

  /// What the deepest cause that says anything says.
  static String of(Throwable e) {
    String said = e.getClass().getSimpleName();
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      String message = oneLine(cause.getMessage());
      if (!message.isEmpty()) {
        // Its message is the host alone.
        said = cause instanceof UnknownHostException ? "unknown host " + message : message;
      }
    }
    return said;
  }

  private static String oneLine(@Nullable String message) {
    return message == null ? "" : message.strip().replaceAll("\\s+", " ");
  }
}
