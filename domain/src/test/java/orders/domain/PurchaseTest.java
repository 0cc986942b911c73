package orders.domain;

import static orders.domain.Samples.line;
import static orders.domain.Samples.purchase;
import static orders.domain.Samples.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PurchaseTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void totalIsTheSumOfItsLinesInAnyOrder(long seed) {
    var random = new SplittableRandom(seed);
    for (int i = 0; i < 200; i++) {
      List<Line> lines = new ArrayList<>();
      long sum = 0;
      for (int n = random.nextInt(1, Purchase.MAX_LINES + 1); n > 0; n--) {
        int quantity = random.nextInt(1, 1000);
        long price = random.nextLong(1, 1_000_000);
        lines.add(line(quantity, price));
        sum += quantity * price;
      }
      assertThat(purchase(lines.toArray(Line[]::new)).total()).isEqualTo(usd(sum));
      Collections.reverse(lines);
      assertThat(purchase(lines.toArray(Line[]::new)).total()).isEqualTo(usd(sum));
    }
  }

  @Test
  void aSkuMayStandInTwoLines() {
    assertThat(purchase(line(1, 5), line(2, 5)).total()).isEqualTo(usd(15));
  }

  @Test
  void aTotalBeyond64BitsIsRefused() {
    assertThat(purchase(line(1, Long.MAX_VALUE)).total()).isEqualTo(usd(Long.MAX_VALUE));
    assertThatThrownBy(() -> purchase(line(1, Long.MAX_VALUE), line(1, 1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> purchase(line(2, Long.MAX_VALUE)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void hasOneToFiveHundredLines() {
    Line[] most = Collections.nCopies(500, line(1, 1)).toArray(Line[]::new);
    Line[] tooMany = Collections.nCopies(501, line(1, 1)).toArray(Line[]::new);
    assertThat(purchase(most).total()).isEqualTo(usd(500));
    assertThatThrownBy(() -> purchase(tooMany)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> purchase()).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void isInOneCurrency() {
    Money yen = new Money(1, Currency.getInstance("JPY"));
    Line inYen = new Line(new Sku("a"), Optional.empty(), 1, yen);
    assertThatThrownBy(() -> purchase(line(1, 1), inYen))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 1_000_001, Integer.MAX_VALUE, Integer.MIN_VALUE})
  void aLineRefusesTheQuantity(int quantity) {
    assertThatThrownBy(() -> line(quantity, 1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aLineRefusesAPriceOfNothing() {
    assertThatThrownBy(() -> line(1, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void doesNotChangeWithTheListItWasMadeFrom() {
    List<Line> lines = new ArrayList<>(List.of(line(1, 1)));
    Purchase purchase = new Purchase(new CustomerId("c"), MerchantId.MAIN, Optional.empty(), lines);
    lines.add(line(1, 1));
    assertThat(purchase.lines()).hasSize(1);
  }
}
