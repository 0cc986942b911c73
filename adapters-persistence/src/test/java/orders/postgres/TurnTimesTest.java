package orders.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

final class TurnTimesTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  private final TurnTimes times = new TurnTimes();

  private static Instant at(int seconds) {
    return NOON.plusSeconds(seconds);
  }

  @Test
  void aTransactionBeganAfterTheLastTimeAtWhichItsNumberWasNotTaken() {
    times.notice(at(0), 10, 10);
    times.notice(at(1), 20, 10);
    times.notice(at(2), 20, 10);
    times.notice(at(3), 30, 10);
    assertThat(times.since(10)).isEqualTo(at(0));
    assertThat(times.since(19)).isEqualTo(at(0));
    assertThat(times.since(20)).isEqualTo(at(2));
    assertThat(times.since(29)).isEqualTo(at(2));
    assertThat(times.since(30)).isEqualTo(at(3));
    assertThat(times.since(1_000)).isEqualTo(at(3));
  }

  @Test
  void oneThatWasOpenBeforeAnythingWasNoticedMayHaveBeenForLong() {
    times.notice(at(0), 10, 5);
    assertThat(times.since(5)).isEqualTo(at(0).minus(TurnTimes.BEFORE));
    assertThat(times.noticed(5)).isEqualTo(at(0));
    assertThat(times.since(10)).isEqualTo(at(0));
  }

  @Test
  void nobodyAsksForWhatIsDecided() {
    for (int i = 0; i < 200_000; i++) {
      times.notice(at(i), 10 + i, 5 + i);
    }
    assertThat(times.since(200_004)).isEqualTo(at(199_994));
  }

  @Test
  void oneThatStaysOpenForADayIsStillFound() {
    times.notice(at(0), 10, 10);
    for (int i = 1; i < 86_400; i++) {
      times.notice(at(i), 11 + i, 10);
    }
    assertThat(times.since(10)).isEqualTo(at(0));
    assertThat(times.since(10 + 86_400)).isEqualTo(at(86_399));
  }

  /// What is written after that is dated by the clock as it is then.
  @Test
  void aClockThatIsSetBackDatesWhatItDatedBeforeAnew() {
    times.notice(at(0), 10, 10);
    times.notice(at(60), 20, 10);
    times.notice(at(120), 30, 10);
    times.notice(at(50), 40, 10);
    assertThat(times.since(10)).isEqualTo(at(0));
    assertThat(times.since(20)).isEqualTo(at(50));
    assertThat(times.since(35)).isEqualTo(at(50));
    times.notice(at(-10), 50, 10);
    assertThat(times.since(10)).isEqualTo(at(-10));
  }
}
