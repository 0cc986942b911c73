package orders.postgres;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// What it costs a call to share a commit, the database left out: virtual threads that write as
/// fast as they can, to a commit that takes some time or none.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class GroupCommitBenchmark {
  private static final int CALLS = 10_000;

  /// Callers at once.
  @Param({"1", "64", "1000"})
  private int callers;

  /// Of one commit.
  @Param({"0", "500"})
  private int micros;

  @SuppressWarnings("NullAway.Init")
  private GroupCommit<Integer, Integer> group;

  /// Starts the writers.
  @Setup(Level.Trial)
  public void open() {
    long nanos = TimeUnit.MICROSECONDS.toNanos(micros);
    group =
        new GroupCommit<>(
            "benchmark",
            Sharing.USUAL,
            callers,
            Duration.ofSeconds(3),
            item -> item,
            items -> {
              if (nanos > 0) {
                LockSupport.parkNanos(nanos);
              }
              return items;
            });
  }

  /// Ends the writers.
  @TearDown(Level.Trial)
  public void close() {
    group.close();
  }

  /// One call of many.
  @Benchmark
  @OperationsPerInvocation(CALLS)
  public void write() throws InterruptedException {
    CountDownLatch done = new CountDownLatch(callers);
    for (int caller = 0; caller < callers; caller++) {
      int first = caller * (CALLS / callers);
      Thread.ofVirtual()
          .start(() -> {
            for (int i = 0; i < CALLS / callers; i++) {
              var _ = group.write(first + i);
            }
            done.countDown();
          });
    }
    done.await();
  }
}
