package orders.application.dispatch;

import java.util.concurrent.atomic.AtomicInteger;

/// How many more orders this node may hold: those being worked on and those waiting in memory.
///
/// Safe from any thread.
final class Slots {
  private final AtomicInteger free;

  Slots(int count) {
    this.free = new AtomicInteger(count);
  }

  boolean takeOne() {
    return takeUpTo(1) == 1;
  }

  /// Takes as many as are free, up to `max`, and holds no more than that even for a moment.
  int takeUpTo(int max) {
    return Math.min(max, free.getAndUpdate(had -> had - Math.min(max, had)));
  }

  void giveBack(int count) {
    var _ = free.addAndGet(count);
  }

  int free() {
    return free.get();
  }
}
