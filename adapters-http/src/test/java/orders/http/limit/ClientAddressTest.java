package orders.http.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whose address a request counts against, and whom that is taken from.
final class ClientAddressTest {
  private static final TrustedProxies TRUSTED = trusted("10.0.0.0/8, 192.0.2.7,2001:db8:1::/48");

  private static TrustedProxies trusted(String text) {
    return TrustedProxies.parse(
        text,
        problem -> {
          throw new AssertionError(problem);
        });
  }

  private static String address(
      TrustedProxies trusted, String connection, String customary, String standard) {
    Map<String, String> headers = Map.of("X-Forwarded-For", customary, "Forwarded", standard);
    return new ClientAddress(trusted)
        .of(
            connection,
            name ->
                Optional.ofNullable(headers.get(name)).filter(text -> !text.isEmpty()).stream()
                    .flatMap(text -> List.of(text.split(" & ", -1)).stream())
                    .toList())
        .getHostAddress();
  }

  /// Several headers stand between `&`.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "10.1.1.1 | 203.0.113.9 | 203.0.113.9",
        "192.0.2.7 | 203.0.113.9 | 203.0.113.9",
        "10.1.1.1 | `` | 10.1.1.1",
        "10.1.1.1 | 198.51.100.1, 203.0.113.9 | 203.0.113.9",
        "10.1.1.1 | 198.51.100.1, 203.0.113.9, 10.2.2.2 | 203.0.113.9",
        "10.1.1.1 | 203.0.113.9 , 192.0.2.7,10.2.2.2 | 203.0.113.9",
        "10.1.1.1 | 198.51.100.1 & 203.0.113.9 | 203.0.113.9",
        "10.1.1.1 | 203.0.113.9 & 10.2.2.2 | 203.0.113.9",
        "10.1.1.1 | 10.3.3.3, 10.2.2.2 | 10.3.3.3",
        "10.1.1.1 | 203.0.113.9:4711 | 203.0.113.9",
        "10.1.1.1 | 2001:db8::9 | 2001:db8:0:0:0:0:0:9",
        "10.1.1.1 | [2001:db8::9] | 2001:db8:0:0:0:0:0:9",
        "10.1.1.1 | [2001:db8::9]:4711 | 2001:db8:0:0:0:0:0:9",
        "10.1.1.1 | ::ffff:203.0.113.9 | 203.0.113.9",
        "10.1.1.1 | 203.0.113.9, ::ffff:10.2.2.2 | 203.0.113.9",
        "[2001:db8:1::1] | 203.0.113.9 | 203.0.113.9",
        "2001:db8:1:ffff::1 | 203.0.113.9 | 203.0.113.9",
        // Something else than an address: the last proxy that is believed stands for whoever it is.
        "10.1.1.1 | unknown | 10.1.1.1",
        "10.1.1.1 | localhost | 10.1.1.1",
        "10.1.1.1 | 203.0.113.9, nonsense, 10.2.2.2 | 10.2.2.2",
        "10.1.1.1 | 203.0.113.9, | 10.1.1.1",
        "10.1.1.1 | , | 10.1.1.1",
        "10.1.1.1 | 203.0.113 | 10.1.1.1",
        "10.1.1.1 | 3405803785 | 10.1.1.1",
        "10.1.1.1 | 203.0.113.256 | 10.1.1.1",
        "10.1.1.1 | 203.0.113.09 | 10.1.1.1",
        "10.1.1.1 | 0x7f.0.0.1 | 10.1.1.1",
        "10.1.1.1 | 203.0.113.9:port | 10.1.1.1",
        "10.1.1.1 | fe80::1%eth0 | 10.1.1.1",
        "10.1.1.1 | 2001:db8:::9 | 10.1.1.1",
        "10.1.1.1 | 1:2:3:4:5:6:7:8:9 | 10.1.1.1",
        "10.1.1.1 | [203.0.113.9 | 10.1.1.1",
        "10.1.1.1 | \"203.0.113.9 | 10.1.1.1",
        "10.1.1.1 | 203.0.113.9 198.51.100.1 | 10.1.1.1",
        // Whoever is not trusted is not asked.
        "203.0.113.1 | 198.51.100.1 | 203.0.113.1",
        "192.0.2.8 | 198.51.100.1 | 192.0.2.8",
        "11.0.0.1 | 198.51.100.1 | 11.0.0.1",
        "[2001:db8:2::1] | 198.51.100.1 | 2001:db8:2:0:0:0:0:1",
        "fe80::1%eth0 | 198.51.100.1 | fe80:0:0:0:0:0:0:1",
        "@nowhere | 198.51.100.1 | 0.0.0.0"
      })
  void theCustomaryHeaderOfATrustedProxyIsBelieved(
      String connection, String header, String expected) {
    assertThat(address(TRUSTED, connection, header, "")).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "for=203.0.113.9 | 203.0.113.9",
        "For=\"203.0.113.9\" | 203.0.113.9",
        "for=203.0.113.9;proto=https;by=10.1.1.1 | 203.0.113.9",
        "proto=https; for=203.0.113.9 | 203.0.113.9",
        "by=\"a;b,c\";for=203.0.113.9 | 203.0.113.9",
        "for=\"203.0.113.9:4711\" | 203.0.113.9",
        "for=\"[2001:db8::9]:4711\" | 2001:db8:0:0:0:0:0:9",
        "for=\"[2001:db8::9]\" | 2001:db8:0:0:0:0:0:9",
        "for=\"\\2\\03.0.113.9\" | 203.0.113.9",
        "for=198.51.100.1, for=203.0.113.9 | 203.0.113.9",
        "for=203.0.113.9, for=10.2.2.2 | 203.0.113.9",
        "for=203.0.113.9 & for=10.2.2.2 | 203.0.113.9",
        "for=\"x & for=203.0.113.9 | 203.0.113.9",
        "for=_hidden | 10.1.1.1",
        "for=unknown, for=10.2.2.2 | 10.2.2.2",
        "proto=https | 10.1.1.1",
        "for=203.0.113.9;for=198.51.100.1 | 10.1.1.1",
        "for=\"203.0.113.9 | 10.1.1.1",
        "for=\", for=203.0.113.9 | 10.1.1.1",
        "for=\"[2001:db8::9\" | 10.1.1.1",
        "203.0.113.9 | 10.1.1.1"
      })
  void soIsTheStandardOne(String header, String expected) {
    assertThat(address(TRUSTED, "10.1.1.1", "", header)).isEqualTo(expected);
    assertThat(address(TRUSTED, "203.0.113.1", "", header)).isEqualTo("203.0.113.1");
  }

  @ParameterizedTest
  @CsvSource({
    "203.0.113.9, for=203.0.113.9, 203.0.113.9",
    "203.0.113.9, for=198.51.100.1, 10.1.1.1",
    "203.0.113.9, for=_hidden, 10.1.1.1"
  })
  void ofTwoHeadersThatDisagreeNeitherIsBelieved(
      String customary, String standard, String expected) {
    assertThat(address(TRUSTED, "10.1.1.1", customary, standard)).isEqualTo(expected);
  }

  @Test
  void withoutTrustedProxiesNoHeaderIsBelieved() {
    assertThat(address(TrustedProxies.NONE, "127.0.0.1", "203.0.113.9", "for=203.0.113.9"))
        .isEqualTo("127.0.0.1");
    assertThat(address(trusted(" "), "127.0.0.1", "203.0.113.9", "")).isEqualTo("127.0.0.1");
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.255.255, true",
    "10.0.0.0/8, 11.0.0.0, false",
    "10.9.9.9/8, 10.1.1.1, true",
    "192.0.2.128/25, 192.0.2.128, true",
    "192.0.2.128/25, 192.0.2.127, false",
    "192.0.2.1/32, 192.0.2.1, true",
    "192.0.2.1/32, 192.0.2.0, false",
    "192.0.2.1, 192.0.2.1, true",
    "192.0.2.1, 192.0.2.3, false",
    "0.0.0.0/0, 203.0.113.9, true",
    "0.0.0.0/0, 2001:db8::1, false",
    "::/0, 2001:db8::1, true",
    "::/0, 203.0.113.9, false",
    "2001:db8::/33, 2001:db8:7fff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false",
    "::1, ::1, true",
    "::1/127, ::, true",
    "::1/127, ::2, false",
    "::ffff:192.0.2.1, 192.0.2.1, true"
  })
  void aRangeIsWhatBeginsAlike(String range, String address, boolean included) {
    assertThat(trusted(range).include(AddressLiteral.parse(address).orElseThrow()))
        .isEqualTo(included);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "proxy.example",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/",
        "10.0.0.0/8/8",
        "10.0.0.0/255.0.0.0",
        "10.0.0/8",
        "10.*",
        "::/129",
        "fe80::1%eth0",
        "[::1]",
        "*",
        "10.0.0.1,",
        "10.0.0.1;10.0.0.2"
      })
  void whatIsNoRangeIsRefused(String text) {
    List<String> problems = new ArrayList<>();
    TrustedProxies.parse(text, problems::add);
    assertThat(problems).hasSize(1);
  }

  @Test
  void everyPartThatIsNoRangeIsNamed() {
    List<String> problems = new ArrayList<>();
    TrustedProxies.parse("a, 10.0.0.1, b", problems::add);
    assertThat(problems).hasSize(2);
    assertThat(problems.getFirst()).contains("\"a\"");
    assertThat(problems.getLast()).contains("\"b\"");
  }

  @ParameterizedTest
  @CsvSource({
    "203.0.113.9, 203.0.113.9, true",
    "203.0.113.9, 203.0.113.8, false",
    "2001:db8::1, 2001:db8::ffff:ffff:ffff:ffff, true",
    "2001:db8::1, 2001:db8:0:1::1, false",
    "::1, 0.0.0.0, false"
  })
  void addressesOfOneNetworkOfIpv6AreOneHolder(String one, String other, boolean same) {
    Holder first = Holder.At.of(AddressLiteral.parse(one).orElseThrow());
    Holder second = Holder.At.of(AddressLiteral.parse(other).orElseThrow());
    assertThat(first.equals(second)).isEqualTo(same);
  }
}
