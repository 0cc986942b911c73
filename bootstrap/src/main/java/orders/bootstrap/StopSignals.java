package orders.bootstrap;

import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;

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

  private static void handle(String name, AtomicBoolean asked, Runnable first, Runnable again) {
    AtomicBoolean seen = new AtomicBoolean();
    register(
        name,
        () -> {
          if (seen.getAndSet(true)) {
            again.run();
          } else if (!asked.getAndSet(true)) {
            Thread.ofPlatform().name("shutdown").start(first);
          }
        });
  }

  /// By reflection: `sun.misc.Signal` is the one way to hear of signals, and stays exported, but
  /// the compiler warns of it where nothing can be said against that, and warnings are errors here.
  private static void register(String name, Runnable reaction) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object reacting =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  reaction.run();
                }
                return null;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), reacting);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this JVM does not tell of SIG" + name, e);
    }
  }
}
