package orders.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TextTest {
  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t\n", "a\u0000b", "\ud800", "a\udc00b", "\udc00\ud800"})
  void refuses(String text) {
    assertThat(Text.flaw(text)).isPresent();
    assertThatThrownBy(() -> new CustomerId(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void countsCharactersNotBytesOrHalves() {
    assertThat(Text.flaw("🍕".repeat(256))).isEmpty();
    assertThat(Text.flaw("🍕".repeat(257))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "Müller & Söhne", "a'b\"c\\d{e},NULL", "🍕", "﷽"})
  void takes(String text) {
    assertThat(Text.flaw(text)).isEmpty();
  }

  @Test
  void aReasonIsMadeStorableRatherThanRefused() {
    assertThat(Reason.of("a\u0000b\ud800").text()).isEqualTo("a\ufffdb\ufffd");
    assertThat(Reason.of("x".repeat(10_000)).text()).hasSize(Reason.MAX_LENGTH);
    assertThat(Reason.of(" ").text()).isNotBlank();
    assertThatThrownBy(() -> new Reason("a\u0000")).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1-2-3-4-5",
        "01939c3e-0000-7000-8000-00000000000",
        "01939c3e-0000-7000-8000-0000000000011",
        "01939c3e000070008000000000000001",
        "01939c3g-0000-7000-8000-000000000001",
        "{01939c3e-0000-7000-8000-000000000001}"
      })
  void isNoOrderId(String text) {
    assertThat(OrderId.parse(text)).isEmpty();
  }

  @Test
  void anOrderIdIsReadBackAsWritten() {
    assertThat(OrderId.parse(Samples.ID.toString())).contains(Samples.ID);
  }
}
