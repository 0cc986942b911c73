package orders.application.dispatch;

import java.util.concurrent.Semaphore;

/// How many more orders this node may hold: those being worked on and those waiting in memory.
///
/// Safe from any thread.
final class Slots {
  private final Semaphore free;

  Slots(int count) {
    this.free = new Semaphore(count);
  }

  boolean takeOne() {
    return free.tryAcquire();
  }

  /// Takes as many as are free, up to `max`.
  int takeUpTo(int max) {
    int taken = free.drainPermits();
    int surplus = Math.max(0, taken - max);
    free.release(surplus);
    return taken - surplus;
  }

  void giveBack(int count) {
    free.release(count);
  }

  int free() {
    return free.availablePermits();
  }
}
