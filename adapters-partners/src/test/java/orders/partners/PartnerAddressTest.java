package orders.partners;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import orders.domain.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PartnerAddressTest {
  @ParameterizedTest
  @CsvSource({
    "http://localhost:9000, http://localhost:9000",
    "http://localhost:9000/, http://localhost:9000",
    "https://shop.example/partners/payment, https://shop.example/partners/payment",
    "https://shop.example/partners//, https://shop.example/partners",
    "HTTPS://shop.example/a%20b, HTTPS://shop.example/a%20b",
    "http://[::1]:80/x, http://[::1]:80/x"
  })
  void isAUrlPerhapsWithAPath(String url, String base) {
    PartnerAddress address = PartnerAddress.parse(url).orElseThrow();
    assertThat(address.base()).hasToString(base);
    assertThat(address.of(Calls.call(1, Step.PAYMENT, 1, 3)))
        .isEqualTo(URI.create(base + "/00000000-0000-7000-0000-000000000001/3"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "shop.example",
        "/payment",
        "//shop.example/payment",
        "ftp://shop.example/payment",
        "mailto:me@shop.example",
        "http://",
        "http:///payment",
        "http:payment",
        "http://me:secret@shop.example/",
        "http://me@shop.example/",
        "http://shop.example/?a=b",
        "http://shop.example/?",
        "http://shop.example/#there",
        "http://shop.example:0/",
        "http://shop.example:65536/",
        "http://shop.example:99999999999/",
        "http://under_score/",
        "http://shop.example/a b",
        "http://shop.example/%zz"
      })
  void refusesWhatIsNone(String url) {
    assertThat(PartnerAddress.parse(url)).isEmpty();
  }

  @Test
  void aSecretIsNotPrinted() {
    assertThat(new SigningSecret("hush")).asString().doesNotContain("hush");
  }
}
