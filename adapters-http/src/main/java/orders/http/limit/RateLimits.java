package orders.http.limit;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalInt;
import orders.http.access.Usage;

/// How much each holder may ask of the server. For each: 0 does not limit, absent is for the server
/// to choose.
///
/// @param placePerSecond orders placed, cancelled and retried
/// @param readPerSecond orders, lists, histories and streams asked for; and as many attempts by
///   those of an address who cannot say who they are
/// @param loginsPerMinute passwords checked or made
public record RateLimits(
    OptionalInt placePerSecond, OptionalInt readPerSecond, OptionalInt loginsPerMinute) {
  public static final RateLimits ABSENT =
      new RateLimits(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());

  private static final int PLACE_PER_SECOND = 1_000;
  private static final int READ_PER_SECOND = 2_000;
  private static final int LOGINS_PER_MINUTE = 10;

  /// @param namesAreKnown whether clients say who they are. Else one address may be all clients
  ///   there are, and only passwords need protection
  Map<Usage, Policy> policies(boolean namesAreKnown) {
    Map<Usage, Policy> policies = new EnumMap<>(Usage.class);
    for (Usage usage : Usage.values()) {
      Duration window = usage == Usage.LOGIN ? Duration.ofMinutes(1) : Duration.ofSeconds(1);
      int quota =
          switch (usage) {
            case PLACE -> placePerSecond.orElse(namesAreKnown ? PLACE_PER_SECOND : 0);
            case READ -> readPerSecond.orElse(namesAreKnown ? READ_PER_SECOND : 0);
            case LOGIN -> loginsPerMinute.orElse(LOGINS_PER_MINUTE);
            case FREE -> 0;
          };
      if (quota > 0) {
        policies.put(usage, new Policy(name(usage), quota, window));
      }
    }
    return policies;
  }

  private static String name(Usage usage) {
    return switch (usage) {
      case PLACE -> "place";
      case READ -> "read";
      case LOGIN -> "login";
      case FREE -> "free";
    };
  }
}
