package orders.faults.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;

/// POSIX signals that the JDK cannot send by itself.
public final class Signals {
  private Signals() {}

  /// @param signal its name, without `SIG`
  /// @param pid of a process that this one started, or one of its children
  public static void send(String signal, long pid) {
    try {
      new ProcessBuilder("sh", "-c", "kill -\"$0\" \"$1\"", signal, Long.toString(pid))
          .redirectErrorStream(true)
          .redirectOutput(Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
