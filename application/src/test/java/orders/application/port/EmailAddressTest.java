package orders.application.port;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EmailAddressTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a",
        "@",
        "a@",
        "@b",
        "a@b@c",
        "a b@c",
        "a@b\u0000c",
        "a@b\nc",
        "a@b\uD800"
      })
  void isNone(String text) {
    assertThat(EmailAddress.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Me@Example.COM", " me@example.com\n", "me@example.com"})
  void isTheSameHoweverItIsWritten(String text) {
    assertThat(EmailAddress.parse(text).orElseThrow().value()).isEqualTo("me@example.com");
  }

  @Test
  void isNotTooLong() {
    assertThat(EmailAddress.parse("a".repeat(252) + "@b")).isPresent();
    assertThat(EmailAddress.parse("a".repeat(253) + "@b")).isEmpty();
  }

  @Test
  void isNotPrintedAndNeitherIsAPassword() {
    assertThat(EmailAddress.parse("me@example.com").orElseThrow().toString())
        .doesNotContain("example");
    assertThat(new Password("hush hush hush").toString()).doesNotContain("hush");
  }
}
