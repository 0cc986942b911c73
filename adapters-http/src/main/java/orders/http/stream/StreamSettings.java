package orders.http.stream;

import java.time.Duration;

/// How streams are served.
///
/// @param heartbeat how long a stream says nothing at most. What keeps connections open, and what
///   shows that a client has gone
/// @param longest how long one stream lasts at most; its client then comes again, and says anew who
///   it is
public record StreamSettings(Duration heartbeat, Duration longest) {
  public static final StreamSettings DEFAULT =
      new StreamSettings(Duration.ofSeconds(15), Duration.ofHours(1));

  public StreamSettings {
    if (!heartbeat.isPositive() || !longest.isPositive()) {
      throw new IllegalArgumentException("the times of streams are positive");
    }
  }
}
