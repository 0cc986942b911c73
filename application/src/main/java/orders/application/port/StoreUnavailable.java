package orders.application.port;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/// The store could not be asked, or did not say what came of it.
///
/// If it was a write, its outcome is unknown: it may be durable or may never be.
public final class StoreUnavailable extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  public StoreUnavailable(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
