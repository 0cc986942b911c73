package orders.application.port;

import java.io.Serial;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The store could not be asked, or did not say what came of it.
public final class StoreUnavailable extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /// What is known of what was asked for.
  public enum Effect {
    /// It never reached the store.
    NONE,
    /// If it was a write, it may be durable or may never be.
    UNKNOWN
  }

  private final Effect effect;

  /// @param message for operators; without data
  public StoreUnavailable(String message, Effect effect, @Nullable Throwable cause) {
    super(message, cause);
    this.effect = effect;
  }

  /// Always there.
  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }

  public Effect effect() {
    return effect;
  }
}
