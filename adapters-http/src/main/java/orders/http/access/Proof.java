package orders.http.access;

import io.javalin.http.Context;
import java.time.Duration;
import java.util.Optional;

/// For how long whoever asks is known to be who they say: what matters to answers that last.
public final class Proof {
  private static final String NAME = Proof.class.getName();

  private Proof() {}

  /// To be called by whoever finds out who asks.
  ///
  /// @param left from now on
  public static void lasts(Context context, Duration left) {
    context.attribute(NAME, left);
  }

  /// As it was when the request came; empty if it does not end.
  public static Optional<Duration> left(Context context) {
    return Optional.ofNullable(context.attribute(NAME));
  }
}
