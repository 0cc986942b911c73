package orders.application.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import orders.application.port.Claim;
import orders.application.port.Threads;
import orders.domain.MerchantId;
import org.jspecify.annotations.Nullable;

/// A bounded number of threads that take claims from memory, one each: each merchant's in turn, and
/// of one merchant oldest first.
///
/// A thread lives while there are claims, so an idle pool costs nothing. The queue in front is
/// bounded by whoever hands in: a claim holds a slot of the [Dispatcher].
final class Workers {
  private final FairQueue<MerchantId, Claim> waiting = new FairQueue<>();
  private final Set<Threads.Task> running = ConcurrentHashMap.newKeySet();
  private final int size;
  private final Semaphore idle;
  private final Threads threads;
  private final Threads.Monitor finished;
  private final Consumer<Claim> job;
  private volatile boolean stopping;

  /// @param job works on one claim; must not throw
  Workers(int size, Threads threads, Consumer<Claim> job) {
    this.size = size;
    this.idle = new Semaphore(size);
    this.threads = threads;
    this.finished = threads.monitor();
    this.job = job;
  }

  /// @return false if the pool is stopping, in which case the claim stays with the caller
  boolean submit(Claim claim) {
    if (stopping) {
      return false;
    }
    waiting.add(merchant(claim), claim);
    // If the pool began to stop meanwhile, its drain may have run before the claim was there.
    if (stopping && waiting.remove(merchant(claim), claim)) {
      return false;
    }
    startOne();
    return true;
  }

  private static MerchantId merchant(Claim claim) {
    return claim.order().purchase().merchant();
  }

  private void startOne() {
    if (idle.tryAcquire()) {
      var _ = threads.start("worker", this::work);
    }
  }

  private void work() {
    Threads.Task self = threads.current();
    running.add(self);
    try {
      Claim claim = take();
      while (claim != null) {
        job.accept(claim);
        claim = take();
      }
    } finally {
      running.remove(self);
      idle.release();
      if (stopping) {
        finished.changed();
      }
    }
    // A claim that came after the last look found no idle worker, unless there is one now.
    if (!stopping && !waiting.isEmpty()) {
      startOne();
    }
  }

  private @Nullable Claim take() {
    return stopping ? null : waiting.poll();
  }

  /// Takes on no more claims, and gives back those that no worker has begun.
  List<Claim> stop() {
    stopping = true;
    List<Claim> notBegun = new ArrayList<>();
    for (Claim claim = waiting.poll(); claim != null; claim = waiting.poll()) {
      notBegun.add(claim);
    }
    return notBegun;
  }

  /// To be called after [#stop].
  ///
  /// @return whether every worker had finished before `atMost` was over
  boolean awaitIdle(Duration atMost) throws InterruptedException {
    return finished.await(() -> busy() == 0, atMost);
  }

  void interrupt() {
    running.forEach(Threads.Task::interrupt);
  }

  int busy() {
    return size - idle.availablePermits();
  }
}
