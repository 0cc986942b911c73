package orders.http.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import orders.application.port.Password;
import orders.application.port.PasswordHash;
import orders.application.port.Passwords;

/// Argon2id with the parameters that OWASP asks for at least: 19 MiB, two passes, one lane.
///
/// On threads of its own, since a hash is pure computing: on virtual threads, two of them would
/// keep two processors from all requests.
public final class Argon2Passwords implements Passwords {
  private static final Argon2Function ARGON2 =
      Argon2Function.getInstance(19 * 1024, 2, 1, 32, Argon2.ID);

  private static final int SALT_BYTES = 16;

  /// Its last part was never computed from anything.
  private static final PasswordHash NOBODYS =
      new PasswordHash(
          "$argon2id$v=19$m=19456,t=2,p=1$pSCIAFzKlNToFgFc5unBnw"
              + "$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");

  private static final int AT_ONCE = 2;
  private static final int WAITING = 50;
  private static final Duration IDLE = Duration.ofSeconds(10);

  private final Duration patience;
  private final ThreadPoolExecutor threads;
  private final SecureRandom random = new SecureRandom();

  public Argon2Passwords() {
    this(WAITING, Duration.ofSeconds(5));
  }

  /// For somebody who would rather wait on a slow machine than be refused.
  public static Argon2Passwords patient() {
    return new Argon2Passwords(WAITING, Duration.ofMinutes(5));
  }

  /// @param waiting how many may wait for their turn
  /// @param patience how long each of them does
  Argon2Passwords(int waiting, Duration patience) {
    this.patience = patience;
    this.threads =
        new ThreadPoolExecutor(
            AT_ONCE,
            AT_ONCE,
            IDLE.toMillis(),
            TimeUnit.MILLISECONDS,
            new ArrayBlockingQueue<>(waiting),
            Thread.ofPlatform().name("passwords-", 1).daemon().factory());
    threads.allowCoreThreadTimeOut(true);
  }

  @Override
  public PasswordHash hash(Password password) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return inTurn(
        () -> new PasswordHash(ARGON2.hash(password.value().getBytes(UTF_8), salt).getResult()));
  }

  /// With the parameters that the hash was made with, which may be older ones.
  @Override
  public boolean matches(Password password, PasswordHash hash) {
    return inTurn(() ->
        Argon2Function.getInstanceFromHash(hash.value())
            .check(password.value().getBytes(UTF_8), hash.value().getBytes(UTF_8)));
  }

  @Override
  public PasswordHash ofNobody() {
    return NOBODYS;
  }

  private <T> T inTurn(Callable<T> work) {
    Future<T> result;
    try {
      result = threads.submit(work);
    } catch (RejectedExecutionException _) {
      throw new Busy();
    }
    try {
      return result.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      throw new Busy();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new Busy();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a password could not be hashed", e.getCause());
    } finally {
      result.cancel(false);
    }
  }
}
