package orders.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import orders.benchmarks.scenario.Lab;
import orders.benchmarks.scenario.RunSettings;

/// Where and how a run was made: without it, no figure means anything.
final class Conditions {
  private static final Path CPU = Path.of("/proc/cpuinfo");
  private static final Path MEMORY = Path.of("/proc/meminfo");

  private Conditions() {}

  static List<String> describe(RunSettings settings, Lab lab) throws SQLException, IOException {
    List<String> lines = new ArrayList<>();
    lines.add("time        " + Instant.now().truncatedTo(ChronoUnit.SECONDS));
    lines.add(
        "machine     %d × %s, %s, all processes on it, driver included"
            .formatted(
                Runtime.getRuntime().availableProcessors(),
                value(CPU, "model name").orElse(System.getProperty("os.arch")),
                value(MEMORY, "MemTotal").orElse("memory unknown")));
    lines.add(
        "system      %s %s"
            .formatted(System.getProperty("os.name"), System.getProperty("os.version")));
    lines.add("java        " + Runtime.version());
    lab.describeDatabase().forEach(line -> lines.add("database    " + line));
    lab.describeControls().forEach(line -> lines.add("control     " + line));
    lines.add(
        "run         ROUNDS=%d SECONDS=%s WARM_UP_SECONDS=%s CONNECTIONS=%s DRIVER_THREADS=%d IN_PROGRESS=%d BACKLOG=%d ENDED=%d SLOW_WORKERS=%d SLOW_CLIENTS=%d STREAMS=%d"
            .formatted(
                settings.rounds(),
                settings.measured().toMillis() / 1e3,
                settings.warmUp().toMillis() / 1e3,
                settings.connections().toString().replaceAll("[\\[\\] ]", ""),
                settings.driverThreads(),
                settings.inProgress(),
                settings.backlog(),
                settings.ended(),
                settings.slowWorkers(),
                settings.slowClients(),
                settings.streams()));
    return lines;
  }

  /// The first value of this name in a file of Linux; empty elsewhere.
  private static Optional<String> value(Path file, String name) throws IOException {
    if (!Files.isReadable(file)) {
      return Optional.empty();
    }
    return Files.readAllLines(file).stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst();
  }
}
