package orders.http.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// How long a client is waited for.
final class PatienceTest {
  private static final long SECOND = 1_000_000_000;
  private static final int PER_SECOND = 1_000;

  private final Patience patience = new Patience(Duration.ofSeconds(10), PER_SECOND);

  @Test
  void whoMovesNothingIsWaitedForOnlySoLong() {
    patience.add(10 * SECOND, 0);
    assertThat(patience.isOver()).isFalse();
    patience.add(1, 0);
    assertThat(patience.isOver()).isTrue();
  }

  @Test
  void whoMovesEnoughIsWaitedForWithoutEnd() {
    for (int second = 0; second < 100_000; second++) {
      patience.add(SECOND, PER_SECOND);
    }
    assertThat(patience.isOver()).isFalse();
    assertThat(patience.isStrained()).isFalse();
  }

  @Test
  void whoMovesALittleTooLittleIsNot() {
    for (int second = 0; second < 100; second++) {
      patience.add(SECOND, PER_SECOND * 4 / 5);
    }
    assertThat(patience.isOver()).isTrue();
  }

  @Test
  void whatWasMovedEarlierCountsForNothing() {
    patience.add(0, 1_000_000_000);
    patience.add(10 * SECOND + 1, 0);
    assertThat(patience.isOver()).isTrue();
  }

  @Test
  void aTenthOfItIsMoreThanAnHonestClientNeeds() {
    patience.add(SECOND, 0);
    assertThat(patience.isStrained()).isFalse();
    patience.add(1, 0);
    assertThat(patience.isStrained()).isTrue();
  }
}
