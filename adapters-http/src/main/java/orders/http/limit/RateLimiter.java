package orders.http.limit;

import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;
import orders.http.access.Principal;
import orders.http.access.Quota;
import orders.http.access.Usage;
import orders.http.wire.ProblemType;
import orders.http.wire.RefusedRequest;

/// Counts requests against what their holders may make, tells in the `RateLimit` fields what is
/// left, and refuses those beyond. On each node by itself. Safe from any thread.
public final class RateLimiter implements Quota {
  /// More than place an order in a second, after which each has a full bucket again.
  private static final int MOST_NAMED = 40_000;

  /// Apart from those with a name, who need a valid token for each: they cannot be driven out.
  private static final int MOST_STRANGERS = 10_000;

  private final Map<Usage, Counted> counted = new EnumMap<>(Usage.class);
  private final Holders holders;

  /// @param namesAreKnown whether clients say who they are
  /// @param nanoTime rises with time as [System#nanoTime] does
  public RateLimiter(
      RateLimits limits, boolean namesAreKnown, Holders holders, LongSupplier nanoTime) {
    this.holders = holders;
    TimeMeter clock = clock(nanoTime);
    limits
        .policies(namesAreKnown)
        .forEach((usage, policy) -> counted.put(usage, new Counted(policy, clock)));
  }

  @Override
  public void count(Context context, Usage usage, Principal principal) {
    Counted kind = counted.get(usage);
    if (kind != null) {
      kind.count(context, holders.of(context, principal));
    }
  }

  @Override
  public void countStranger(Context context) {
    Counted kind = counted.get(Usage.READ);
    if (kind != null) {
      kind.count(context, holders.stranger(context));
    }
  }

  private static TimeMeter clock(LongSupplier nanoTime) {
    return new TimeMeter() {
      @Override
      public long currentTimeNanos() {
        return nanoTime.getAsLong();
      }

      @Override
      public boolean isWallClockBased() {
        return false;
      }
    };
  }

  /// One kind of request.
  private static final class Counted {
    private final Policy policy;
    private final String policyField;
    private final Buckets named;
    private final Buckets strangers;

    Counted(Policy policy, TimeMeter clock) {
      this.policy = policy;
      this.policyField = policy.field();
      this.named = new Buckets(policy, MOST_NAMED, clock);
      this.strangers = new Buckets(policy, MOST_STRANGERS, clock);
    }

    void count(Context context, Holder holder) {
      Buckets buckets =
          switch (holder) {
            case Holder.Named _ -> named;
            case Holder.At _ -> strangers;
          };
      ConsumptionProbe probe = buckets.take(holder);
      long untilFull = seconds(probe.getNanosToWaitForReset());
      context.header("RateLimit-Policy", policyField);
      context.header("RateLimit", policy.field(probe.getRemainingTokens(), untilFull));
      if (!probe.isConsumed()) {
        long untilNext = seconds(probe.getNanosToWaitForRefill());
        context.header("Retry-After", Long.toString(untilNext));
        throw new RefusedRequest(
            ProblemType.TOO_MANY_REQUESTS,
            "You may make "
                + policy.quota()
                + " requests of this kind in "
                + inWords(policy.window())
                + ".");
      }
    }

    private static String inWords(Duration window) {
      return window.toSeconds() == 1 ? "a second" : window.toSeconds() + " seconds";
    }

    /// Whole ones, at least 1.
    private static long seconds(long nanos) {
      return Math.max(1, Math.ceilDiv(nanos, Duration.ofSeconds(1).toNanos()));
    }
  }
}
