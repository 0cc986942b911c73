package orders.bootstrap;

import java.util.concurrent.atomic.AtomicBoolean;
import sun.misc.Signal;

/// Tells SIGTERM and SIGINT apart into a first one, which asks to stop, and a second one, which
/// means it.
///
/// Counted for each signal by itself: Ctrl-C under Maven sends both, one shortly after the other.
/// The JVM's own shutdown hooks cannot do this, since they never hear of a second signal.
final class StopSignals {
  private StopSignals() {}

  /// @param first runs on a thread of its own, once, however many signals come
  /// @param again runs at the second signal of a kind
  static void handle(Runnable first, Runnable again) {
    AtomicBoolean asked = new AtomicBoolean();
    handle("TERM", asked, first, again);
    handle("INT", asked, first, again);
  }

  @SuppressWarnings("sunapi") // The only way to hear of signals; supported in jdk.unsupported.
  private static void handle(String name, AtomicBoolean asked, Runnable first, Runnable again) {
    AtomicBoolean seen = new AtomicBoolean();
    Signal.handle(
        new Signal(name),
        _ -> {
          if (seen.getAndSet(true)) {
            again.run();
          } else if (!asked.getAndSet(true)) {
            Thread.ofPlatform().name("shutdown").start(first);
          }
        });
  }
}
