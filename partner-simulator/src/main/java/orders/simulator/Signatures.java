package orders.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Verifies who is asking.
final class Signatures {
  private static final String ALGORITHM = "HmacSHA256";
  private static final Duration TOLERANCE = Duration.ofMinutes(5);
  private static final Pattern HEADER =
      Pattern.compile("t=(?<time>[0-9]{1,18}), *v1=(?<code>[0-9a-f]{64})");

  private final SecretKeySpec secret;
  private final InstantSource clock;

  Signatures(String secret, InstantSource clock) {
    this.secret = new SecretKeySpec(secret.getBytes(UTF_8), ALGORITHM);
    this.clock = clock;
  }

  /// @param path with the query, as it was sent
  boolean isRight(String header, String method, String path, byte[] body) {
    Matcher parts = HEADER.matcher(header);
    if (!parts.matches()) {
      return false;
    }
    long time = Long.parseLong(parts.group("time"));
    long off = Math.abs(clock.instant().getEpochSecond() - time);
    byte[] right = code(time + "." + method + "." + path + ".", body);
    // Takes the same time wherever the two differ.
    return off <= TOLERANCE.toSeconds()
        && MessageDigest.isEqual(right, HexFormat.of().parseHex(parts.group("code")));
  }

  private byte[] code(String head, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(secret);
      mac.update(head.getBytes(UTF_8));
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }
}
