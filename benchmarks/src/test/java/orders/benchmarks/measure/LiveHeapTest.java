package orders.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LiveHeapTest {
  @Test
  void theBytesAreReadAndNotTheObjects() {
    assertThat(
            LiveHeap.total(
                """
                12345:
                 num     #instances         #bytes  class name (module)
                -------------------------------------------------------
                   1:          9876        1234567  [B (java.base@25)
                Total         54321        7654321
                """))
        .isEqualTo(7_654_321);
  }
}
