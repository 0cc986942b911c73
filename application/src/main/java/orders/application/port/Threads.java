package orders.application.port;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/// Time, chance, and things that happen beside one another: all through which a node's work depends
/// on the machine it runs on. A simulation can take its place, and then decides what happens when.
///
/// Safe from any thread.
public interface Threads {
  /// Nanoseconds since some moment; never goes back, and goes on while the process sleeps.
  long nanoTime();

  RandomGenerator random();

  /// Starts `work` beside the caller, at the cost of a virtual thread. It must not throw.
  Task start(String name, Runnable work);

  /// Starts `work` for as long as the node runs, on a platform thread that keeps no process alive.
  Task startService(String name, Runnable work);

  /// The task that runs the caller.
  Task current();

  Monitor monitor();

  /// Something that was started.
  interface Task {
    /// Has its current wait, or the next one, end with an [InterruptedException]; nothing if it has
    /// finished.
    void interrupt();
  }

  /// Where tasks wait for what other tasks do. The conditions are over state of their own that is
  /// safe to read from any thread.
  interface Monitor {
    /// To be called after each change that a condition may depend on.
    void changed();

    /// Returns when `condition` holds, or after `atMost`.
    ///
    /// @return whether it holds
    /// @throws InterruptedException if the task was interrupted
    boolean await(BooleanSupplier condition, Duration atMost) throws InterruptedException;
  }
}
