package orders.application.dispatch;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import orders.application.port.Threads;

/// Says, once and for good, that something stops. Safe from any thread.
final class StopSignal {
  private final AtomicBoolean raised = new AtomicBoolean();
  private final Threads.Monitor monitor;

  StopSignal(Threads threads) {
    this.monitor = threads.monitor();
  }

  /// @return whether this was the first time
  boolean raise() {
    boolean first = !raised.getAndSet(true);
    monitor.changed();
    return first;
  }

  boolean isRaised() {
    return raised.get();
  }

  /// Waits for `duration`, or less if it is raised meanwhile.
  ///
  /// @return whether it is raised
  boolean awaitFor(Duration duration) throws InterruptedException {
    return monitor.await(raised::get, duration);
  }
}
