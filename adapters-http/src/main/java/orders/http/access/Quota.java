package orders.http.access;

import io.javalin.http.Context;

/// Counts requests against what somebody may make, before anything is done for them. Safe from any
/// thread.
public interface Quota {
  /// @param principal [Principal#ANYBODY] if nobody was asked who they are
  /// @throws orders.http.wire.RefusedRequest if that was one too many
  void count(Context context, Usage usage, Principal principal);

  /// Counts a request of somebody who did not say who they are, or could not prove it.
  ///
  /// @throws orders.http.wire.RefusedRequest if that was one too many
  void countStranger(Context context);
}
