package orders.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SummaryTest {
  @Test
  void theMedianOfAnOddNumberIsTheMiddleOne() {
    assertThat(Summary.of(List.of(9.0, 1.0, 2.0))).isEqualTo(new Summary(2, 1, 9));
  }

  @Test
  void theMedianOfAnEvenNumberIsHalfWayBetweenTheMiddleTwo() {
    assertThat(Summary.of(List.of(4.0, 1.0, 2.0, 100.0))).isEqualTo(new Summary(3, 1, 100));
  }

  @Test
  void thereIsNoMedianOfNothing() {
    assertThatThrownBy(() -> Summary.of(List.of())).isInstanceOf(IllegalArgumentException.class);
  }
}
