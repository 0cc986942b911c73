package orders.http.limit;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RateLimitsTest {
  private static OptionalInt number(String text) {
    return text.equals("-") ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(text));
  }

  /// Settings for placing, reading and logging in, and whether names are known.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "-,-,- | true | \"place\";q=1000;w=1 \"read\";q=2000;w=1 \"login\";q=10;w=60",
        "-,-,- | false | \"login\";q=10;w=60",
        "5,6,7 | true | \"place\";q=5;w=1 \"read\";q=6;w=1 \"login\";q=7;w=60",
        "5,6,7 | false | \"place\";q=5;w=1 \"read\";q=6;w=1 \"login\";q=7;w=60",
        "0,0,0 | true | ``",
        "0,-,- | true | \"read\";q=2000;w=1 \"login\";q=10;w=60"
      })
  void whatIsNotSetDependsOnWhetherClientsSayWhoTheyAre(
      String settings, boolean named, String expected) {
    String[] numbers = settings.split(",", -1);
    RateLimits limits = new RateLimits(number(numbers[0]), number(numbers[1]), number(numbers[2]));
    assertThat(limits.policies(named).values().stream().map(Policy::field).collect(joining(" ")))
        .isEqualTo(expected);
  }

  @Test
  void aPolicyAllowsSomethingInSomeTime() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Policy("x", 0, Duration.ofSeconds(1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Policy("x", 1, Duration.ofMillis(999)));
  }
}
