package orders.http.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import orders.application.port.Role;
import org.junit.jupiter.api.Test;

final class BucketsTest {
  private static final Policy TEN_A_MINUTE = new Policy("login", 10, Duration.ofMinutes(1));
  private static final Holder ME = new Holder.Named(Role.CUSTOMER, "me");

  private final Clock clock = new Clock();
  private final Buckets buckets = new Buckets(TEN_A_MINUTE, 100, clock);

  /// Stands still unless told.
  private static final class Clock implements TimeMeter {
    private long nanos = -1;

    void pass(Duration time) {
      nanos += time.toNanos();
    }

    @Override
    public long currentTimeNanos() {
      return nanos;
    }

    @Override
    public boolean isWallClockBased() {
      return false;
    }
  }

  private static Holder at(int number) {
    return new Holder.At(false, number);
  }

  private void drain(Holder holder) {
    while (buckets.take(holder).isConsumed()) {
      // Until it is empty.
    }
  }

  @Test
  void soManyAreAllowedAndNoMore() {
    for (int left = 9; left >= 0; left--) {
      ConsumptionProbe probe = buckets.take(ME);
      assertThat(probe.isConsumed()).isTrue();
      assertThat(probe.getRemainingTokens()).isEqualTo(left);
    }
    ConsumptionProbe refused = buckets.take(ME);
    assertThat(refused.isConsumed()).isFalse();
    assertThat(refused.getNanosToWaitForRefill()).isEqualTo(Duration.ofSeconds(6).toNanos());
  }

  @Test
  void spentOnesComeBackEvenly() {
    drain(ME);
    clock.pass(Duration.ofSeconds(6).minusNanos(1));
    assertThat(buckets.take(ME).isConsumed()).isFalse();
    clock.pass(Duration.ofNanos(1));
    assertThat(buckets.take(ME).isConsumed()).isTrue();
    assertThat(buckets.take(ME).isConsumed()).isFalse();
    clock.pass(Duration.ofHours(1));
    assertThat(buckets.take(ME).getRemainingTokens()).isEqualTo(9);
  }

  @Test
  void whatOneSpendsNobodyElseMisses() {
    drain(ME);
    assertThat(buckets.take(at(1)).getRemainingTokens()).isEqualTo(9);
  }

  @Test
  void thereAreNeverMoreThanThereIsRoomFor() {
    for (int i = 0; i < 1_000; i++) {
      buckets.take(at(i));
      clock.pass(Duration.ofMillis(10));
    }
    assertThat(buckets.size()).isLessThanOrEqualTo(100);
  }

  @Test
  void nobodyGetsAFullBucketBackByComingUnderManyNames() {
    drain(ME);
    for (int i = 0; i < 1_000; i++) {
      buckets.take(at(i));
      clock.pass(Duration.ofMillis(1));
    }
    assertThat(buckets.take(ME).isConsumed()).isFalse();
  }

  @Test
  void newcomersShareABucketWhileThereIsNoRoom() {
    for (int i = 0; i < 100; i++) {
      buckets.take(at(i));
    }
    for (int i = 100; i < 110; i++) {
      assertThat(buckets.take(at(i)).isConsumed()).isTrue();
    }
    assertThat(buckets.take(at(110)).isConsumed()).isFalse();
    // Those who have one keep it.
    assertThat(buckets.take(at(99)).getRemainingTokens()).isEqualTo(8);
  }

  @Test
  void newcomersGetTheRoomOfThoseWhoseBucketsAreFullAgain() {
    for (int i = 0; i < 100; i++) {
      buckets.take(at(i));
    }
    clock.pass(Duration.ofSeconds(7));
    assertThat(buckets.take(at(100)).getRemainingTokens()).isEqualTo(9);
    assertThat(buckets.take(at(101)).getRemainingTokens()).isEqualTo(9);
    assertThat(buckets.size()).isEqualTo(2);
  }

  @Test
  void fullOnesAreLetGoNowAndThenAlsoWithoutNeed() {
    for (int i = 0; i < 50; i++) {
      buckets.take(at(i));
    }
    clock.pass(Duration.ofMinutes(2));
    buckets.take(ME);
    assertThat(buckets.size()).isEqualTo(1);
  }
}
