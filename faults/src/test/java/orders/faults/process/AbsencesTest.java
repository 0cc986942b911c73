package orders.faults.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class AbsencesTest {
  private final Absences absences = new Absences();
  private final Instant start = Instant.now().minusSeconds(100);

  @Test
  void whoIsThereIsNotAway() {
    assertThat(absences.between(start, start.plusSeconds(10))).isZero();
  }

  @Test
  void whoHasNotComeBackIsAwayFromTheFirstMoment() {
    absences.begin(start.plusSeconds(3));
    assertThat(absences.between(start, start.plusSeconds(10))).isEqualTo(Duration.ofSeconds(7));
    assertThat(absences.between(start, start.plusSeconds(3))).isZero();
  }

  @Test
  void whoIsBackIsExcusedForOneSecondMoreAndNoLonger() {
    absences.begin(start).run();
    Instant now = Instant.now();
    assertThat(absences.between(now.minusSeconds(1), now.plusSeconds(60)))
        .isBetween(Duration.ofMillis(1), Duration.ofSeconds(2));
    assertThat(absences.between(now.plusSeconds(2), now.plusSeconds(60))).isZero();
  }
}
