package orders.faults;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import orders.faults.process.Programs;

/// What is run, from environment variables.
///
/// @param database settings of PostgreSQL
record RunSettings(
    int rounds,
    long seed,
    Path directory,
    Path orders,
    Programs programs,
    Map<String, String> database) {

  RunSettings {
    if (rounds < 1) {
      throw new IllegalArgumentException("ROUNDS must be at least 1, it is " + rounds);
    }
  }

  /// `PROJECT`, where this project is, is set by its build; the rest is in the README.
  ///
  /// @throws IllegalArgumentException if a number or an assignment is none
  static RunSettings read(Map<String, String> environment) {
    Path project = Path.of(environment.getOrDefault("PROJECT", "."));
    long seed =
        environment.containsKey("SEED")
            ? Long.parseLong(environment.get("SEED"))
            : new SplittableRandom().nextLong(1_000_000);
    return new RunSettings(
        Integer.parseInt(environment.getOrDefault("ROUNDS", "10")),
        seed,
        Path.of(environment.getOrDefault("DIRECTORY", "fault-run-" + seed)),
        project.resolve("examples/superstore-orders.jsonl.gz"),
        new Programs(
            path(environment, "SERVER", project.resolve("bootstrap/target/orders.jar")),
            project.resolve("partner-simulator/target/partner-simulator.jar"),
            Optional.of(project.resolve("faults/target/faults-clock.jar").toAbsolutePath())),
        assignments(environment.getOrDefault("DATABASE_SETTINGS", "")));
  }

  private static Path path(Map<String, String> environment, String name, Path otherwise) {
    return Optional.ofNullable(environment.get(name)).map(Path::of).orElse(otherwise);
  }

  /// @param text `name=value`, separated by commas
  private static Map<String, String> assignments(String text) {
    return Arrays.stream(text.split(",", -1))
        .filter(assignment -> !assignment.isBlank())
        .map(RunSettings::assignment)
        .collect(Collectors.toMap(parts -> parts[0].strip(), parts -> parts[1].strip()));
  }

  private static String[] assignment(String text) {
    String[] parts = text.split("=", 2);
    if (parts.length < 2) {
      throw new IllegalArgumentException(
          "DATABASE_SETTINGS must be name=value,name=value and holds " + text);
    }
    return parts;
  }
}
