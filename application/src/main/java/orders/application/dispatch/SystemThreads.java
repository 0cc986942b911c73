package orders.application.dispatch;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import orders.application.port.Threads;

/// The threads and the clock of this process.
public final class SystemThreads implements Threads {
  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public RandomGenerator random() {
    return ThreadLocalRandom.current();
  }

  @Override
  public Task start(String name, Runnable work) {
    return new ThreadTask(Thread.ofVirtual().name(name).start(work));
  }

  @Override
  public Task startService(String name, Runnable work) {
    return new ThreadTask(Thread.ofPlatform().name(name).daemon().start(work));
  }

  @Override
  public Task current() {
    return new ThreadTask(Thread.currentThread());
  }

  @Override
  public Monitor monitor() {
    return new LockMonitor();
  }

  private record ThreadTask(Thread thread) implements Task {
    @Override
    public void interrupt() {
      thread.interrupt();
    }
  }

  private static final class LockMonitor implements Monitor {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition change = lock.newCondition();

    @Override
    public void changed() {
      lock.lock();
      try {
        change.signalAll();
      } finally {
        lock.unlock();
      }
    }

    @Override
    public boolean await(BooleanSupplier condition, Duration atMost) throws InterruptedException {
      long left = atMost.toNanos();
      lock.lockInterruptibly();
      try {
        while (!condition.getAsBoolean()) {
          if (left <= 0) {
            return false;
          }
          left = change.awaitNanos(left);
        }
        return true;
      } finally {
        lock.unlock();
      }
    }
  }
}
