package orders.http.jetty;

import java.time.Duration;

/// How much this server does at once, and how long it is patient. What goes beyond is refused
/// early: a request that waits in line costs memory, and its client has gone when its turn comes.
///
/// @param requests handled at once. Most wait for a commit or for an order to end, at the cost of a
///   parked virtual thread. Questions after health are counted by themselves, up to as many again
/// @param held those of them that may be held until an order ends
/// @param idleTimeout how long a connection may say nothing, between requests or within one. A
///   request that is held does not count as idle, however long
/// @param lastWord the same once the server stops, for connections on which no answer is owed:
///   enough for a request that was on its way
/// @param connections how many there may be, and how slow
public record Limits(
    int requests, int held, Duration idleTimeout, Duration lastWord, ConnectionLimits connections) {
  public static final Limits DEFAULT =
      new Limits(10_000, 5_000, Duration.ofSeconds(30), Duration.ofMillis(50));

  /// With the usual connections.
  public Limits(int requests, int held, Duration idleTimeout, Duration lastWord) {
    this(requests, held, idleTimeout, lastWord, ConnectionLimits.DEFAULT);
  }
}
