package orders.http.limit;

import java.util.OptionalInt;

/// How much of the server anybody may have. Where a number is per principal, 0 does not limit, and
/// absent is for the server to choose.
///
/// @param streamsPerPrincipal open at once
/// @param waitsPerPrincipal requests held at once until an order ends
/// @param maxStreams open at once in all
/// @param proxies who may say for whom they ask
public record LimitSettings(
    RateLimits rates,
    OptionalInt streamsPerPrincipal,
    OptionalInt waitsPerPrincipal,
    int maxStreams,
    TrustedProxies proxies) {
  public static final int MAX_STREAMS = 5_000;

  public static final LimitSettings ABSENT =
      new LimitSettings(
          RateLimits.ABSENT,
          OptionalInt.empty(),
          OptionalInt.empty(),
          MAX_STREAMS,
          TrustedProxies.NONE);

  private static final int STREAMS_EACH = 100;
  private static final int WAITS_EACH = 1_000;

  public LimitSettings {
    if (maxStreams < 1) {
      throw new IllegalArgumentException("there may be at least one stream");
    }
  }

  /// @param namesAreKnown whether clients say who they are; else one address may be all of them
  public Shares streams(boolean namesAreKnown, Holders holders) {
    return new Shares(
        maxStreams, streamsPerPrincipal.orElse(namesAreKnown ? STREAMS_EACH : 0), holders);
  }

  /// @param all how many requests may be held at once
  public Shares waits(boolean namesAreKnown, int all, Holders holders) {
    return new Shares(all, waitsPerPrincipal.orElse(namesAreKnown ? WAITS_EACH : 0), holders);
  }
}
