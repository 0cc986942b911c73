package orders.application.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import orders.application.port.Claim;
import org.jspecify.annotations.Nullable;

/// A bounded number of virtual threads that take claims from memory, one each, oldest first.
///
/// A thread lives while there are claims, so an idle pool costs nothing. The queue in front is
/// bounded by whoever hands in: a claim holds a slot of the [Dispatcher].
final class Workers {
  private final ConcurrentLinkedQueue<Claim> waiting = new ConcurrentLinkedQueue<>();
  private final Set<Thread> running = ConcurrentHashMap.newKeySet();
  private final int size;
  private final Semaphore idle;
  private final Consumer<Claim> job;
  private volatile boolean stopping;

  /// @param job works on one claim; must not throw
  Workers(int size, Consumer<Claim> job) {
    this.size = size;
    this.idle = new Semaphore(size);
    this.job = job;
  }

  /// @return false if the pool is stopping, in which case the claim stays with the caller
  boolean submit(Claim claim) {
    if (stopping) {
      return false;
    }
    waiting.add(claim);
    // If the pool began to stop meanwhile, its drain may have run before the claim was there.
    if (stopping && waiting.remove(claim)) {
      return false;
    }
    startOne();
    return true;
  }

  private void startOne() {
    if (idle.tryAcquire()) {
      Thread.ofVirtual().name("worker").start(this::work);
    }
  }

  private void work() {
    running.add(Thread.currentThread());
    try {
      Claim claim = take();
      while (claim != null) {
        job.accept(claim);
        claim = take();
      }
    } finally {
      running.remove(Thread.currentThread());
      idle.release();
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

  /// @return whether every worker had finished before `atMost` was over
  boolean awaitIdle(Duration atMost) throws InterruptedException {
    if (!idle.tryAcquire(size, atMost.toNanos(), TimeUnit.NANOSECONDS)) {
      return false;
    }
    idle.release(size);
    return true;
  }

  void interrupt() {
    running.forEach(Thread::interrupt);
  }

  int busy() {
    return size - idle.availablePermits();
  }
}
