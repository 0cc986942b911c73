package orders.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A JVM whose wall clock is moved while it runs.
final class ClockAgentIT {
  private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

  @TempDir private Path directory;

  @Test
  void theWallClockJumpsAnHourAheadAndBackAndDurationsStayWhatTheyAre() throws Exception {
    Path clock = directory.resolve("clock");
    Files.writeString(clock, "0");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-javaagent:%s=%s".formatted(Project.PROGRAMS.clockAgent().orElseThrow(), clock),
                "-cp",
                "target/test-classes",
                "orders.faults.clock.SayTime")
            .redirectErrorStream(true)
            .start();
    try (BufferedReader lines = process.inputReader()) {
      assertThat(isAhead(lines.readLine())).isFalse();
      Files.writeString(clock, Long.toString(Duration.ofHours(1).toMillis()));
      String ahead = awaitAhead(lines, true);
      assertThat(times(ahead).getLast()).as("milliseconds").isLessThan(HALF_AN_HOUR.toMillis());
      Files.writeString(clock, "0");
      assertThat(awaitAhead(lines, false)).isNotEmpty();
    } finally {
      process.destroyForcibly();
    }
  }

  private static String awaitAhead(BufferedReader lines, boolean ahead) throws Exception {
    String line = lines.readLine();
    while (isAhead(line) != ahead) {
      line = lines.readLine();
    }
    return line;
  }

  /// Whether all of its ways to tell the time agree that it is later than it is.
  private static boolean isAhead(String line) {
    long later = System.currentTimeMillis() + HALF_AN_HOUR.toMillis();
    return times(line).subList(0, 4).stream().allMatch(time -> time > later);
  }

  private static List<Long> times(String line) {
    return Arrays.stream(line.split(" ", -1)).map(Long::valueOf).toList();
  }
}
