package orders.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Currency;
import orders.http.access.Authentication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Where the server may listen.
final class HttpSettingsTest {
  private static final Currency USD = Currency.getInstance("USD");

  @ParameterizedTest
  @ValueSource(strings = {"", " "})
  void noHostIsRefusedSinceItWouldMeanAllInterfaces(String host) {
    assertThatIllegalArgumentException().isThrownBy(() -> TestServer.settings(host));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 65_536})
  void aPortThatCannotBeIsRefused(int port) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HttpSettings("::1", port, USD, Duration.ZERO));
  }

  @Test
  void aStopCannotTakeLessThanNoTime() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HttpSettings("::1", 0, USD, Duration.ofMillis(-1)));
  }

  @Test
  void anIpv6AddressIsAValidUrl() {
    try (TestServer other = new TestServer()) {
      HttpServer server =
          new HttpServer(
              other.useCases, Authentication.OFF, TestServer.settings("::1"), Observability.NONE);
      assertThat(server.address()).startsWith("http://[::1]:");
    }
  }
}
