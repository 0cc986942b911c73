package orders.bootstrap.logs;

import java.util.Optional;

/// How a line of the log is written: `LOG_FORMAT`.
///
/// Logging begins before settings are read, so that it looks for this one by itself; whoever reads
/// the settings says so if it is none of these.
public enum LogFormat {
  /// For people.
  TEXT,
  /// For machines: an object in each line.
  JSON;

  private static final String VARIABLE = "LOG_FORMAT";

  /// @param word as it is set; empty stands for the default
  public static Optional<LogFormat> parse(String word) {
    return switch (word) {
      case "", "text" -> Optional.of(TEXT);
      case "json" -> Optional.of(JSON);
      default -> Optional.empty();
    };
  }

  /// What this process was started with.
  public static LogFormat inUse() {
    String word = System.getenv().getOrDefault(VARIABLE, "").strip();
    return parse(word).orElse(TEXT);
  }
}
