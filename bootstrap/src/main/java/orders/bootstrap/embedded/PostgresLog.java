package orders.bootstrap.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import orders.bootstrap.embedded.EmbeddedDatabase.Unavailable;

/// What `initdb`, `pg_ctl` and PostgreSQL said in one attempt to start; emptied by the next.
///
/// They write to a file and not to this process, so that an orphan does not lose its voice.
record PostgresLog(Path file) {
  private static final Pattern OTHER_VERSION =
      Pattern.compile(
          "initialized by PostgreSQL version (\\S+), which is not compatible with this version ([^\\s.]+)");

  private static final Pattern FAULT = Pattern.compile("(?:FATAL|PANIC|error): +(.+)");
  private static final Pattern DETAIL = Pattern.compile("DETAIL: +(.+)");

  void clear() throws IOException {
    Files.write(file, new byte[0]);
  }

  long size() throws IOException {
    return Files.size(file);
  }

  /// Whether another attempt may well succeed.
  boolean tellsOfPassingObstacle() throws IOException {
    String text = text();
    return text.contains("Address already in use")
        || text.contains("pre-existing shared memory block");
  }

  /// Why nothing started in `directory`, in one sentence.
  Unavailable explanation(DataDirectory directory) throws IOException {
    String text = text();
    Matcher otherVersion = OTHER_VERSION.matcher(text);
    if (otherVersion.find()) {
      return new Unavailable(
          "%s was written by PostgreSQL %s and this build carries PostgreSQL %s; set DATA_DIR to another directory"
              .formatted(directory.cluster(), otherVersion.group(1), otherVersion.group(2)));
    }
    String reason =
        first(FAULT, text)
            .map(fault -> first(DETAIL, text).map(d -> fault + " (" + d + ")").orElse(fault))
            .or(() -> text.lines().map(String::strip).filter(s -> !s.isEmpty()).reduce((a, b) -> b))
            .orElse("it ended without a word");
    return new Unavailable(
        "PostgreSQL does not start in %s: %s%s; all it says is in %s"
            .formatted(directory, reason, hint(reason), file));
  }

  private static String hint(String reason) {
    if (reason.contains("cannot be run as root")) {
      return " and this machine offers no way around that; run this server as an ordinary user";
    }
    if (reason.contains("Permission denied")) {
      return " (its user must be able to enter every directory above and to run programs there;"
          + " it does without root's rights); set DATA_DIR to another directory";
    }
    if (reason.contains("pre-existing shared memory block")) {
      return " (a part of a killed PostgreSQL still works on a long statement; try again later)";
    }
    return "";
  }

  private static Optional<String> first(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(MatchResult::group).findFirst().map(s -> after(s));
  }

  private static String after(String line) {
    return line.substring(line.indexOf(':') + 1).strip();
  }

  private String text() throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }
}
