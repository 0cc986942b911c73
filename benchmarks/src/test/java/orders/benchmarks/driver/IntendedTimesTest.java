package orders.benchmarks.driver;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

final class IntendedTimesTest {
  @Test
  void theyGrowAndKeepTheRate() {
    IntendedTimes times = new IntendedTimes(1_000, 7);
    long last = -1;
    for (int i = 0; i < 100_000; i++) {
      assertThat(times.next()).isGreaterThanOrEqualTo(last);
      last = times.next();
      times.advance();
    }
    assertThat(last / 1e9).as("seconds").isCloseTo(100, Percentage.withPercentage(2));
  }

  @Test
  void theyKeepNoRhythm() {
    IntendedTimes times = new IntendedTimes(1_000, 7);
    int shorter = 0;
    long before = 0;
    for (int i = 0; i < 10_000; i++) {
      shorter += times.next() - before < 1_000_000 ? 1 : 0;
      before = times.next();
      times.advance();
    }
    // Of independent times, 1 - 1/e are closer together than on average.
    assertThat(shorter / 10_000.0).isBetween(0.61, 0.65);
  }
}
