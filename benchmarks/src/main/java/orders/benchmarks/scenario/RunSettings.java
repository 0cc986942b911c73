package orders.benchmarks.scenario;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import orders.benchmarks.scenario.Contender.Kind;

/// What is run, from environment variables. The README of this module says what each means.
///
/// @param samples orders to be placed
/// @param classPath the jar of this module
/// @param report the directory that gets `benchmarks.md` and the raw data
/// @param database settings of PostgreSQL, the same for all that is measured
public record RunSettings(
    List<Part> parts,
    int rounds,
    Duration warmUp,
    Duration measured,
    List<Integer> connections,
    List<Integer> controlConnections,
    int driverThreads,
    int inProgress,
    int backlog,
    int ended,
    int slowWorkers,
    int slowClients,
    int streams,
    List<Contender> contenders,
    Optional<Path> aotCache,
    Path directory,
    Path samples,
    Path classPath,
    Path report,
    Map<String, String> database) {
  /// As the server's own PostgreSQL has it where that matters, with room for as much WAL as a run
  /// writes, so that no checkpoint falls into one round and not into the next.
  private static final String DATABASE_SETTINGS =
      "shared_buffers=1GB,max_wal_size=8GB,checkpoint_timeout=30min";

  public RunSettings {
    parts = List.copyOf(parts);
    connections = List.copyOf(connections);
    controlConnections = List.copyOf(controlConnections);
    contenders = List.copyOf(contenders);
    database = Map.copyOf(database);
    if (rounds < 1 || driverThreads < 1 || inProgress < 1 || backlog < 1 || ended < 1) {
      throw new IllegalArgumentException("all numbers must be at least 1");
    }
    if (connections.isEmpty() || parts.isEmpty()) {
      throw new IllegalArgumentException("PARTS and CONNECTIONS must not be empty");
    }
  }

  /// @throws IllegalArgumentException if a number, a part or an assignment is none
  public static RunSettings read(Map<String, String> environment) {
    Path project = Path.of(environment.getOrDefault("PROJECT", "."));
    Path server =
        path(environment, "SERVER").orElse(project.resolve("bootstrap/target/orders.jar"));
    Path unshared = project.resolve("benchmarks/target/benchmarks-one-commit-each.jar");
    return new RunSettings(
        words(environment, "PARTS", Part.ALL).stream().map(Part::named).toList(),
        number(environment, "ROUNDS", 3),
        seconds(environment, "WARM_UP_SECONDS", 30),
        seconds(environment, "SECONDS", 15),
        numbers(environment, "CONNECTIONS", "64,256"),
        numbers(environment, "CONTROL_CONNECTIONS", "1,8,32,64,128"),
        number(environment, "DRIVER_THREADS", 1),
        number(environment, "IN_PROGRESS", 300),
        number(environment, "BACKLOG", 200_000),
        number(environment, "ENDED", 5_000_000),
        number(environment, "SLOW_WORKERS", 10_000),
        number(environment, "SLOW_CLIENTS", 1_000),
        number(environment, "STREAMS", 2_000),
        contenders(server, unshared),
        path(environment, "AOT_CACHE"),
        path(environment, "DIRECTORY")
            .orElseGet(() -> Path.of("benchmark-run-" + System.currentTimeMillis() / 1_000)),
        project.resolve("examples/superstore-orders.jsonl.gz").toAbsolutePath(),
        project.resolve("benchmarks/target/benchmarks.jar").toAbsolutePath(),
        path(environment, "REPORT").orElse(project.resolve("docs")),
        assignments(environment.getOrDefault("DATABASE_SETTINGS", DATABASE_SETTINGS)));
  }

  private static List<Contender> contenders(Path server, Path unshared) {
    return List.of(
        new Contender(Kind.AS_SHIPPED, readable(server)),
        new Contender(Kind.ONE_COMMIT_EACH, readable(unshared)));
  }

  private static Path readable(Path jar) {
    if (!Files.isReadable(jar)) {
      throw new IllegalArgumentException(jar + " cannot be read");
    }
    return jar.toAbsolutePath();
  }

  private static Optional<Path> path(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name))
        .filter(text -> !text.isBlank())
        .map(Path::of)
        .map(Path::toAbsolutePath);
  }

  private static int number(Map<String, String> environment, String name, int otherwise) {
    String text = environment.getOrDefault(name, Integer.toString(otherwise));
    try {
      return Integer.parseInt(text.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " must be a number and is " + text, e);
    }
  }

  /// Parts of a second are for trying things out.
  private static Duration seconds(Map<String, String> environment, String name, int otherwise) {
    String text = environment.getOrDefault(name, Integer.toString(otherwise));
    try {
      return Duration.ofMillis(Math.round(1_000 * Double.parseDouble(text.strip())));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " must be a number and is " + text, e);
    }
  }

  private static List<Integer> numbers(
      Map<String, String> environment, String name, String otherwise) {
    return words(environment, name, otherwise).stream().map(Integer::valueOf).toList();
  }

  private static List<String> words(
      Map<String, String> environment, String name, String otherwise) {
    return Arrays.stream(environment.getOrDefault(name, otherwise).split(",", -1))
        .map(String::strip)
        .filter(word -> !word.isEmpty())
        .toList();
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
