package orders.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;

/// What a scraper shows to read the metrics, as `Authorization: Bearer`.
///
/// @param value at least [#MIN_LENGTH] visible ASCII characters
public record MetricsToken(String value) {
  public static final int MIN_LENGTH = 16;

  public MetricsToken {
    if (!isSound(value)) {
      throw new IllegalArgumentException("a token is at least 16 visible ASCII characters");
    }
  }

  public static boolean isSound(String text) {
    return text.length() >= MIN_LENGTH && text.chars().allMatch(c -> c > ' ' && c < 0x7F);
  }

  /// Takes as long for a token that is nearly right as for one that is not.
  public boolean is(String shown) {
    return MessageDigest.isEqual(value.getBytes(UTF_8), shown.getBytes(UTF_8));
  }

  /// Without the token, since what is printed ends in logs.
  @Override
  public String toString() {
    return "MetricsToken[…]";
  }
}
