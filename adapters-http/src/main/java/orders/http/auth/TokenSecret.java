package orders.http.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

/// What tokens are signed and verified with, known to whoever makes them and to this server.
public record TokenSecret(String value) {
  /// In UTF-8. With less than the hash has, guessing it gets easier.
  public static final int MIN_BYTES = 32;

  public TokenSecret {
    if (!isLongEnough(value)) {
      throw new IllegalArgumentException("a secret has at least " + MIN_BYTES + " bytes");
    }
  }

  public static boolean isLongEnough(String value) {
    return value.getBytes(UTF_8).length >= MIN_BYTES;
  }

  byte[] bytes() {
    return value.getBytes(UTF_8);
  }

  /// Without the secret, since what is printed ends in logs.
  @Override
  public String toString() {
    return "TokenSecret[…]";
  }
}
