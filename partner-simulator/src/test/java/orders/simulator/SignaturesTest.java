package orders.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

final class SignaturesTest {
  private static final byte[] BODY = "{}".getBytes(UTF_8);

  /// Made with `printf '1795251600.PUT./payment/o/1.{}' | openssl dgst -sha256 -hmac hush`.
  private static final String HEADER =
      "t=1795251600, v1=ce4c0e749b671a4658532973924742a165e3d23006704cfb18ed2791b9c28841";

  private static boolean isRight(long now, String header, String method, String path, byte[] body) {
    return new Signatures("hush", InstantSource.fixed(Instant.ofEpochSecond(now)))
        .isRight(header, method, path, body);
  }

  @Test
  void believesWhatWasSignedWithItsSecretAndNothingElse() {
    assertThat(isRight(1795251600, HEADER, "PUT", "/payment/o/1", BODY)).isTrue();
    assertThat(isRight(1795251600, HEADER, "DELETE", "/payment/o/1", BODY)).isFalse();
    assertThat(isRight(1795251600, HEADER, "PUT", "/payment/o/2", BODY)).isFalse();
    assertThat(isRight(1795251600, HEADER, "PUT", "/payment/o/1", new byte[0])).isFalse();
    assertThat(isRight(1795251600, HEADER.replace("00,", "01,"), "PUT", "/payment/o/1", BODY))
        .isFalse();
    assertThat(isRight(1795251600, HEADER.replace("v1=", "v1=00"), "PUT", "/payment/o/1", BODY))
        .isFalse();
    assertThat(isRight(1795251600, "", "PUT", "/payment/o/1", BODY)).isFalse();
  }

  @Test
  void believesItForFiveMinutes() {
    assertThat(isRight(1795251600 + 300, HEADER, "PUT", "/payment/o/1", BODY)).isTrue();
    assertThat(isRight(1795251600 + 301, HEADER, "PUT", "/payment/o/1", BODY)).isFalse();
    assertThat(isRight(1795251600 - 300, HEADER, "PUT", "/payment/o/1", BODY)).isTrue();
    assertThat(isRight(1795251600 - 301, HEADER, "PUT", "/payment/o/1", BODY)).isFalse();
  }
}
