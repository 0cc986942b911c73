package orders.http.cors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AllowedOriginsTest {
  private final List<String> problems = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://shop.example",
        "http://shop.example",
        "https://shop.example:8443",
        "http://localhost:3000",
        "http://127.0.0.1:3000",
        "http://[::1]:3000",
        "https://a-b.example"
      })
  void anOriginIsAsABrowserNamesIt(String origin) {
    AllowedOrigins origins = AllowedOrigins.parse(" " + origin + " ", problems::add);
    assertThat(problems).isEmpty();
    assertThat(origins.include(origin)).isTrue();
    assertThat(origins.include(null)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "null",
        "shop.example",
        "//shop.example",
        "https://",
        "https://*.example",
        "https://shop.example/",
        "https://shop.example/shop",
        "https://shop.example?a",
        "https://shop.example#a",
        "https://me@shop.example",
        "https://shop.example:443",
        "http://shop.example:80",
        "https://shop.example:",
        "https://shop.example:0",
        "https://shop.example:65536",
        "https://shop.example:x",
        "https://Shop.example",
        "HTTPS://shop.example",
        "ftp://shop.example",
        "file:///",
        "https://shop example",
        "https://shop.example,"
      })
  void anythingElseIsRefused(String text) {
    AllowedOrigins.parse(text, problems::add);
    assertThat(problems).hasSize(1);
  }

  @Test
  void everyPartThatIsNoOriginIsNamed() {
    AllowedOrigins origins = AllowedOrigins.parse("*, https://shop.example, x", problems::add);
    assertThat(problems).hasSize(2);
    assertThat(problems.getFirst()).contains("\"*\"");
    assertThat(problems.getLast()).contains("\"x\"");
    assertThat(origins.origins()).containsExactly("https://shop.example");
  }

  @Test
  void noneIsNone() {
    assertThat(AllowedOrigins.parse(" ", problems::add)).isEqualTo(AllowedOrigins.NONE);
    assertThat(problems).isEmpty();
  }
}
