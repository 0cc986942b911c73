package orders.http.stream;

import orders.http.access.Principal;

/// How many streams each of those who ask may have. Safe from any thread.
public interface StreamPermits {
  /// As many as the server has.
  StreamPermits UNLIMITED = _ -> () -> {};

  /// One more stream for `principal`, until the permit is closed.
  ///
  /// @throws orders.http.wire.RefusedRequest if that is too many
  Permit take(Principal principal);

  /// One stream.
  @FunctionalInterface
  interface Permit extends AutoCloseable {
    @Override
    void close();
  }
}
