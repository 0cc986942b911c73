package orders.application.dispatch;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// Says, once and for good, that this node stops. Safe from any thread.
final class StopSignal {
  private final AtomicBoolean asked = new AtomicBoolean();
  private final CountDownLatch raised = new CountDownLatch(1);

  /// @return whether this was the first time
  boolean raise() {
    raised.countDown();
    return !asked.getAndSet(true);
  }

  boolean isRaised() {
    return raised.getCount() == 0;
  }

  /// Waits for `duration`, or less if the node stops meanwhile.
  ///
  /// @return whether it stops
  boolean awaitFor(Duration duration) throws InterruptedException {
    return raised.await(duration.toNanos(), TimeUnit.NANOSECONDS);
  }
}
