package orders.application.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RetryPolicyTest {
  private static final RetryPolicy POLICY =
      new RetryPolicy(5, 7, Duration.ofSeconds(1), Duration.ofMillis(100), Duration.ofSeconds(10));

  @ParameterizedTest
  @CsvSource({
    "1,100",
    "2,200",
    "3,400",
    "7,6400",
    "8,10000",
    "9,10000",
    "64,10000",
    "2147483647,10000"
  })
  void theBoundDoublesUpToTheCapAndTheDelaySpreadsBelowIt(int failedAttempts, long boundMs) {
    var random = new SplittableRandom(1);
    long bound = Duration.ofMillis(boundMs).toNanos();
    long least = bound;
    long most = 0;
    for (int i = 0; i < 10_000; i++) {
      long delay = POLICY.delayAfter(failedAttempts, random).toNanos();
      least = Math.min(least, delay);
      most = Math.max(most, delay);
    }
    assertThat(least).isBetween(0L, bound / 20);
    assertThat(most).isBetween(bound - bound / 20, bound);
  }

  @Test
  void aVeryLongBackoffDoesNotOverflow() {
    RetryPolicy patient =
        new RetryPolicy(5, 7, Duration.ofSeconds(1), Duration.ofDays(1), Duration.ofDays(30));
    for (int i = 1; i < 100; i++) {
      assertThat(patient.delayAfter(i, new SplittableRandom(i)))
          .isBetween(Duration.ZERO, Duration.ofDays(30));
    }
  }

  @Test
  void allowsAsManyAttemptsAsItSays() {
    assertThat(POLICY.allowsAnotherAfter(4)).isTrue();
    assertThat(POLICY.allowsAnotherAfter(5)).isFalse();
    assertThat(POLICY.allowsAnotherUndoAfter(6)).isTrue();
    assertThat(POLICY.allowsAnotherUndoAfter(7)).isFalse();
  }

  @Test
  void refusesNonsense() {
    Duration second = Duration.ofSeconds(1);
    assertThatThrownBy(() -> new RetryPolicy(0, 1, second, second, second))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RetryPolicy(1, 1, Duration.ZERO, second, second))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RetryPolicy(1, 0, second, second, second))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RetryPolicy(1, 1, second, second, Duration.ofMillis(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
