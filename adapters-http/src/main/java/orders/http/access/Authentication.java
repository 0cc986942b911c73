package orders.http.access;

import io.javalin.http.Context;

/// Finds out who asks. Safe from any thread.
@FunctionalInterface
public interface Authentication {
  /// Does not want to know: everybody is an operator.
  Authentication OFF = _ -> Principal.ANYBODY;

  /// @throws orders.http.wire.RefusedRequest if they do not say, or cannot prove it
  Principal authenticate(Context context);
}
