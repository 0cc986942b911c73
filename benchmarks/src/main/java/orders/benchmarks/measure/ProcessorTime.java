package orders.benchmarks.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// The processor time of other processes, from Linux's `/proc`, in seconds. Zero where there is no
/// `/proc`.
final class ProcessorTime {
  /// Linux tells programs a hundred of them a second, whatever it does inside.
  private static final double TICKS_PER_SECOND = 100;

  private static final Path PROC = Path.of("/proc");

  /// In `/proc/PID/stat`, counted after the name, which may hold anything but ends with the last
  /// parenthesis.
  private static final int USER = 11;

  private static final int SYSTEM = 12;
  private static final int CHILDREN_USER = 13;
  private static final int CHILDREN_SYSTEM = 14;

  private ProcessorTime() {}

  /// Of the process alone.
  static double of(long pid) throws IOException {
    String[] words = stat(pid);
    return (ticks(words, USER) + ticks(words, SYSTEM)) / TICKS_PER_SECOND;
  }

  /// Of the process and all of its children, also those that have ended since it began.
  static double ofFamily(long pid) throws IOException {
    String[] words = stat(pid);
    double seconds =
        of(pid) + (ticks(words, CHILDREN_USER) + ticks(words, CHILDREN_SYSTEM)) / TICKS_PER_SECOND;
    for (ProcessHandle child :
        ProcessHandle.of(pid).stream().flatMap(ProcessHandle::children).toList()) {
      seconds += of(child.pid());
    }
    return seconds;
  }

  /// Empty if it ended.
  private static String[] stat(long pid) throws IOException {
    try {
      String line = Files.readString(PROC.resolve(pid + "/stat"));
      return line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
    } catch (NoSuchFileException _) {
      return new String[0];
    }
  }

  private static long ticks(String[] words, int index) {
    return words.length > index ? Long.parseLong(words[index]) : 0;
  }
}
