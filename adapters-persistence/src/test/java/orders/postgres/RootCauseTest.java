package orders.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

final class RootCauseTest {
  private static String rootOf(Throwable cause) {
    return RootCause.of(new IllegalStateException("the attempt failed", cause));
  }

  @Test
  void isWhatTheDeepestSays() {
    assertThat(rootOf(new RuntimeException("no", new ConnectException("Connection refused"))))
        .isEqualTo("Connection refused");
  }

  @Test
  void isOfTheDeepestThatSaysAnything() {
    assertThat(rootOf(new EOFException())).isEqualTo("the attempt failed");
    assertThat(RootCause.of(new EOFException())).isEqualTo("EOFException");
  }

  @Test
  void isOneLine() {
    assertThat(rootOf(new RuntimeException("first\n  second\n"))).isEqualTo("first second");
  }

  @Test
  void saysWhatIsWrongWithAHost() {
    assertThat(rootOf(new UnknownHostException("db"))).isEqualTo("unknown host db");
  }
}
