package orders.domain;

import static orders.domain.Samples.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Currency;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MoneyTest {
  private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void agreesWithUnboundedArithmeticOrRefuses(long seed) {
    var random = new SplittableRandom(seed);
    for (int i = 0; i < 10_000; i++) {
      long a = random.nextLong(Long.MAX_VALUE) >> random.nextInt(64);
      long b = random.nextLong(Long.MAX_VALUE) >> random.nextInt(64);
      assertThat(usd(a).plus(usd(b)).map(Money::minorUnits))
          .isEqualTo(exact(BigInteger.valueOf(a).add(BigInteger.valueOf(b))));
      assertThat(usd(a).times(b).map(Money::minorUnits))
          .isEqualTo(exact(BigInteger.valueOf(a).multiply(BigInteger.valueOf(b))));
    }
  }

  private static Optional<Long> exact(BigInteger result) {
    return result.compareTo(MAX) > 0 ? Optional.empty() : Optional.of(result.longValueExact());
  }

  @Test
  void refusesOverflowByOne() {
    assertThat(usd(Long.MAX_VALUE).plus(usd(0))).contains(usd(Long.MAX_VALUE));
    assertThat(usd(Long.MAX_VALUE).plus(usd(1))).isEmpty();
    assertThat(usd(Long.MAX_VALUE / 2 + 1).times(2)).isEmpty();
  }

  @Test
  void refusesToAddAnotherCurrency() {
    var euro = new Money(1, Currency.getInstance("EUR"));
    assertThatThrownBy(() -> usd(1).plus(euro)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesANegativeAmount() {
    assertThatThrownBy(() -> usd(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "usd", "US", "USDD", "ZZZ", "XXX", "XAU", "U\u0000D"})
  void knowsNoCurrencyBy(String code) {
    assertThat(Money.parseCurrency(code)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"USD", "EUR", "JPY", "KWD"})
  void knowsTheCurrency(String code) {
    assertThat(Money.parseCurrency(code)).contains(Currency.getInstance(code));
  }
}
