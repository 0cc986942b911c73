package orders.postgres;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import orders.application.port.StoreUnavailable;
import orders.application.port.StoreUnavailable.Effect;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has writes that come while a commit is under way share the next one.
///
/// A write that comes alone is made at once, and pays one commit and nothing else. Safe from any
/// thread: each call blocks until what it wrote is durable, also if its thread is interrupted,
/// which it then stays. While commits hang or fail, those that wait are not written one batch after
/// the other: whoever has waited for too long is refused.
///
/// @param <I> what is written
/// @param <O> what came of it
final class GroupCommit<I, O> implements AutoCloseable {
  /// Writes all of it in one commit, or nothing.
  interface Batch<I, O> {
    /// @return what came of each, in the same order
    List<O> write(List<I> items);
  }

  private static final Logger log = LoggerFactory.getLogger(GroupCommit.class);

  private final WaitingLine<Call<I, O>> line;
  private final Batch<I, O> batch;
  private final int most;
  private final long patienceNanos;
  private final List<Thread> writers;

  /// @param name of the threads that write
  /// @param calls how many may be inside at once; one more is refused at once
  /// @param patience how long a call may wait until its commit begins; later it is refused then
  /// @param subject what an item is about: two about the same never share a commit
  GroupCommit(
      String name,
      Sharing sharing,
      int calls,
      Duration patience,
      Function<I, ?> subject,
      Batch<I, O> batch) {
    this.line = new WaitingLine<>(calls, sharing.enough(), call -> subject.apply(call.item));
    this.batch = batch;
    this.most = sharing.most();
    this.patienceNanos = patience.toNanos();
    this.writers =
        IntStream.range(0, sharing.writers())
            .mapToObj(i -> Thread.ofPlatform().daemon().name(name + "-" + i).start(this::serve))
            .toList();
  }

  /// @throws StoreUnavailable if it was not written, or nobody knows
  O write(I item) {
    return join(item).await();
  }

  /// As many calls at the same moment. What becomes of one is nothing to the others.
  ///
  /// @throws StoreUnavailable if one of them was not written, or nobody knows
  List<O> writeAll(List<I> items) {
    List<Call<I, O>> calls = items.stream().map(this::join).toList();
    return calls.stream().map(Call::await).toList();
  }

  private Call<I, O> join(I item) {
    Call<I, O> call = new Call<>(item);
    switch (line.join(call)) {
      case JOINED -> {}
      case FULL -> call.fail(refusal("too many calls wait for the database"));
      case CLOSED -> call.fail(refusal("this server is stopping"));
    }
    return call;
  }

  private static StoreUnavailable refusal(String reason) {
    return new StoreUnavailable(reason, Effect.NONE, null);
  }

  private void serve() {
    try {
      for (List<Call<I, O>> calls = line.next(most); !calls.isEmpty(); calls = line.next(most)) {
        try {
          writeInTime(calls);
        } finally {
          line.served();
        }
      }
    } catch (InterruptedException _) {
      log.error("A writer was interrupted; what it would have written waits for the others");
    }
  }

  /// Each batch may take seconds while the database is away: whoever came long ago hears of it now,
  /// rather than after all who came before.
  private void writeInTime(List<Call<I, O>> calls) {
    long now = System.nanoTime();
    Map<Boolean, List<Call<I, O>>> byPatience =
        calls.stream()
            .collect(Collectors.partitioningBy(call -> now - call.since <= patienceNanos));
    fail(requireNonNull(byPatience.get(false)), refusal("the database keeps calls waiting"));
    List<Call<I, O>> inTime = requireNonNull(byPatience.get(true));
    if (!inTime.isEmpty()) {
      write(inTime);
    }
  }

  private void write(List<Call<I, O>> calls) {
    List<O> outcomes;
    try {
      outcomes = batch.write(calls.stream().map(call -> call.item).toList());
    } catch (StoreUnavailable e) {
      fail(calls, e);
      return;
    } catch (RuntimeException | Error e) {
      refused(calls, e);
      return;
    }
    if (outcomes.size() != calls.size()) {
      fail(calls, new IllegalStateException("a batch has as many outcomes as it has items"));
      return;
    }
    line.leave(calls.size());
    for (int i = 0; i < calls.size(); i++) {
      calls.get(i).succeed(outcomes.get(i));
    }
  }

  /// The database refused one of them, and with it all: each half is tried by itself, until that
  /// one is alone. Whatever went wrong, nobody waits for ever.
  private void refused(List<Call<I, O>> calls, Throwable e) {
    if (calls.size() == 1) {
      fail(calls, e instanceof RuntimeException why ? why : new IllegalStateException(e));
    } else {
      int half = calls.size() / 2;
      write(calls.subList(0, half));
      write(calls.subList(half, calls.size()));
    }
  }

  private void fail(List<Call<I, O>> calls, RuntimeException why) {
    line.leave(calls.size());
    calls.forEach(call -> call.fail(why));
  }

  /// Refuses further calls and returns when all that waited were answered.
  @Override
  public void close() {
    line.close();
    boolean interrupted = false;
    for (Thread writer : writers) {
      while (writer.isAlive()) {
        try {
          writer.join();
        } catch (InterruptedException _) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static final class Call<I, O> {
    private final I item;
    private final long since = System.nanoTime();
    private final CountDownLatch answered = new CountDownLatch(1);
    private Optional<O> outcome = Optional.empty();
    private Optional<RuntimeException> failure = Optional.empty();

    Call(I item) {
      this.item = item;
    }

    void succeed(O result) {
      outcome = Optional.of(result);
      answered.countDown();
    }

    void fail(RuntimeException e) {
      failure = Optional.of(e);
      answered.countDown();
    }

    O await() {
      boolean interrupted = false;
      while (answered.getCount() > 0) {
        try {
          answered.await();
        } catch (InterruptedException _) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      if (failure.isPresent()) {
        throw failure.get();
      }
      return outcome.orElseThrow();
    }
  }
}
