package orders.http.limit;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/// A bucket of tokens for each holder, as far as there is room. Safe from any thread.
///
/// A full bucket is like no bucket at all, so the full ones are let go when others need room, and
/// now and then. While there is no room, newcomers share one bucket: whoever comes under many names
/// can spoil it for newcomers, but cannot have a bucket of their own forgotten before it is full.
final class Buckets {
  private static final Duration HOUSEKEEPING = Duration.ofMinutes(1);

  /// Looking through all of them takes some milliseconds.
  private static final Duration HOUSEKEEPING_IN_NEED = Duration.ofSeconds(1);

  private final Policy policy;
  private final int most;
  private final TimeMeter clock;
  private final ConcurrentMap<Holder, Bucket> buckets = new ConcurrentHashMap<>();
  private final Bucket ofNewcomers;
  private final AtomicLong lastHousekeeping;

  /// @param most how many are kept, give or take as many as there are threads
  Buckets(Policy policy, int most, TimeMeter clock) {
    this.policy = policy;
    this.most = most;
    this.clock = clock;
    this.ofNewcomers = full();
    this.lastHousekeeping = new AtomicLong(clock.currentTimeNanos());
  }

  /// Takes a token, and tells how many are left and how long it takes until there is one, and until
  /// there are all.
  ConsumptionProbe take(Holder holder) {
    Bucket bucket = buckets.get(holder);
    return (bucket == null ? newcomer(holder) : bucket).tryConsumeAndReturnRemaining(1);
  }

  private Bucket newcomer(Holder holder) {
    boolean need = buckets.size() >= most;
    if (isTimeFor(need ? HOUSEKEEPING_IN_NEED : HOUSEKEEPING)) {
      buckets.values().removeIf(bucket -> bucket.getAvailableTokens() >= policy.quota());
      need = buckets.size() >= most;
    }
    return need ? ofNewcomers : buckets.computeIfAbsent(holder, _ -> full());
  }

  private boolean isTimeFor(Duration interval) {
    long last = lastHousekeeping.get();
    long now = clock.currentTimeNanos();
    return now - last >= interval.toNanos() && lastHousekeeping.compareAndSet(last, now);
  }

  private Bucket full() {
    return Bucket.builder()
        .addLimit(
            limit -> limit.capacity(policy.quota()).refillGreedy(policy.quota(), policy.window()))
        .withCustomTimePrecision(clock)
        .build();
  }

  int size() {
    return buckets.size();
  }
}
