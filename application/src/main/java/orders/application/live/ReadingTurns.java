package orders.application.live;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import orders.application.port.StoreUnavailable;
import orders.application.port.StoreUnavailable.Effect;

/// Lets so many read from the database at once, so that connections are left for others: when
/// thousands come back after a restart they take turns. Safe from any thread.
public final class ReadingTurns {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private final Semaphore free;

  /// @param atOnce how many may read at once
  public ReadingTurns(int atOnce) {
    this.free = new Semaphore(atOnce);
  }

  /// What is read, once it is one's turn.
  ///
  /// @throws StoreUnavailable if it is nobody's turn for long, or if the read failed
  public <T> T read(Supplier<T> source) throws InterruptedException {
    if (!free.tryAcquire(LONGEST_WAIT.toNanos(), TimeUnit.NANOSECONDS)) {
      throw new StoreUnavailable("too many read at once", Effect.NONE, null);
    }
    return readAndLeave(source);
  }

  /// The same for who can come again; empty if there was no turn within `atMost`, or no store.
  public <T> Optional<T> tryToRead(Supplier<T> source, Duration atMost)
      throws InterruptedException {
    if (!free.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
      return Optional.empty();
    }
    try {
      return Optional.of(readAndLeave(source));
    } catch (StoreUnavailable _) {
      return Optional.empty();
    }
  }

  private <T> T readAndLeave(Supplier<T> source) {
    try {
      return source.get();
    } finally {
      free.release();
    }
  }
}
