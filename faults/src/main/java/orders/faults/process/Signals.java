package orders.faults.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;

/// POSIX signals that the JDK cannot send by itself.
public final class Signals {
  private Signals() {}

  /// @param signal its name, without `SIG`
  /// @param pid of a process that this one started, or one of its children
  /// @return whether it was sent: false if there is no such process
  public static boolean send(String signal, long pid) {
    try {
      return new ProcessBuilder("sh", "-c", "kill -\"$0\" \"$1\"", signal, Long.toString(pid))
              .redirectErrorStream(true)
              .redirectOutput(Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
