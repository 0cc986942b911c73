package orders.http.jetty;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How many files, connections among them, this process may have open. The JVM's own bean would
/// tell too, at the cost of loading all of its management at each start.
final class OpenFiles {
  private static final Path LINUX = Path.of("/proc/self/limits");
  private static final Pattern LIMIT = Pattern.compile("(?m)^Max open files +(\\d+) ");
  private static final int UNKNOWN = 1_024;

  private OpenFiles() {}

  static int most() {
    try {
      return Files.isReadable(LINUX) ? most(Files.readString(LINUX)) : UNKNOWN;
    } catch (IOException _) {
      return UNKNOWN;
    }
  }

  /// @param limits as Linux lists them; unlimited counts as very many
  static int most(String limits) {
    Matcher limit = LIMIT.matcher(limits);
    if (!limit.find()) {
      return limits.contains("Max open files") ? Integer.MAX_VALUE : UNKNOWN;
    }
    String digits = limit.group(1);
    return digits.length() > 9 ? Integer.MAX_VALUE : Math.max(1, Integer.parseInt(digits));
  }
}
