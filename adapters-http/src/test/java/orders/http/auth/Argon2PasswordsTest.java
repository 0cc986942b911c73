package orders.http.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import orders.application.port.Password;
import orders.application.port.PasswordHash;
import orders.application.port.Passwords;
import org.junit.jupiter.api.Test;

final class Argon2PasswordsTest {
  private static final Password PASSWORD = new Password("correct horse 🔋 staple");

  private final Argon2Passwords passwords = new Argon2Passwords();

  @Test
  void aPasswordIsKnownByItsHashAndNoOtherIs() {
    PasswordHash hash = passwords.hash(PASSWORD);
    assertThat(hash.value()).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    assertThat(passwords.matches(PASSWORD, hash)).isTrue();
    assertThat(passwords.matches(new Password("correct horse 🔋 Staple"), hash)).isFalse();
    assertThat(passwords.matches(new Password("correct horse"), hash)).isFalse();
    assertThat(passwords.matches(PASSWORD, passwords.ofNobody())).isFalse();
  }

  @Test
  void twoHashesOfOnePasswordDiffer() {
    assertThat(passwords.hash(PASSWORD)).isNotEqualTo(passwords.hash(PASSWORD));
  }

  /// Of another implementation, with other parameters: argon2-cffi.
  @Test
  void hashesWithOtherParametersAreKnownToo() {
    assertThat(
            passwords.matches(
                new Password("password"),
                new PasswordHash(
                    "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc")))
        .isTrue();
  }

  @Test
  void whoeverFindsTooManyWaitingIsRefused() throws Exception {
    Passwords few = new Argon2Passwords(3, Duration.ofSeconds(30));
    int refused = 0;
    try (ExecutorService callers = Executors.newFixedThreadPool(40)) {
      List<Future<PasswordHash>> hashes =
          callers.invokeAll(
              IntStream.range(0, 40)
                  .<Callable<PasswordHash>>mapToObj(_ -> () -> few.hash(PASSWORD))
                  .toList());
      for (Future<PasswordHash> hash : hashes) {
        refused +=
            hash.state() == Future.State.FAILED && hash.exceptionNow() instanceof Passwords.Busy
                ? 1
                : 0;
      }
    }
    assertThat(refused).isBetween(20, 38);
  }

  @Test
  void whoeverWaitsTooLongIsRefused() {
    assertThatThrownBy(() -> new Argon2Passwords(3, Duration.ZERO).hash(PASSWORD))
        .isInstanceOf(Passwords.Busy.class);
  }
}
