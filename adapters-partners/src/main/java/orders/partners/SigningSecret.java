package orders.partners;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// What this server and one partner share, so that the partner knows who is asking.
public record SigningSecret(String value) {
  private static final String ALGORITHM = "HmacSHA256";

  public SigningSecret {
    if (value.isBlank()) {
      throw new IllegalArgumentException("a secret must not be blank");
    }
  }

  /// The value of the `Orders-Signature` header.
  ///
  /// @param path as it stands in the request line
  String sign(Instant now, String method, String path, byte[] body) {
    long seconds = now.getEpochSecond();
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(value.getBytes(UTF_8), ALGORITHM));
      mac.update((seconds + "." + method + "." + path + ".").getBytes(UTF_8));
      return "t=" + seconds + ", v1=" + HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  /// Without the secret, since what is printed ends in logs.
  @Override
  public String toString() {
    return "SigningSecret[…]";
  }
}
