package orders.faults.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A server started from its jar, as a process of its own.
///
/// Closing it kills the server, and the embedded PostgreSQL that the server may have left, without
/// asking. Safe from any thread.
public final class ServerProcess implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("Orders is ready on (http://\\S+)");
  private static final Pattern LISTENS =
      Pattern.compile("Orders (?:is ready|listens) on (http://\\S+)");

  private final JavaProcess process;
  private final Path dataDirectory;
  private final CompletableFuture<URI> listening;
  private final CompletableFuture<URI> ready;

  private ServerProcess(
      JavaProcess process,
      Path dataDirectory,
      CompletableFuture<URI> listening,
      CompletableFuture<URI> ready) {
    this.process = process;
    this.dataDirectory = dataDirectory;
    this.listening = listening;
    this.ready = ready;
  }

  /// Starts a server, on a free port unless told otherwise, without waiting for it. It compiles
  /// little, as is best for one that lives for a minute on a machine that has others to run.
  ///
  /// @param jar the packaged server, its libraries beside it
  /// @param dataDirectory gets its log too
  public static ServerProcess launch(
      Path jar, Path dataDirectory, Map<String, String> environment) {
    return launch(jar, dataDirectory, environment, briefOptions(jar));
  }

  /// The usual options and those of a process that lives for a minute.
  static List<String> briefOptions(Path jar) {
    return Stream.concat(usualOptions(jar).stream(), Stream.of("-XX:TieredStopAtLevel=1")).toList();
  }

  /// The options of the JVM that the server at `jar` is to run with, as whoever deploys it has
  /// them.
  public static List<String> usualOptions(Path jar) {
    return List.of("@" + jar.resolve("../../jvm.options").normalize());
  }

  /// The same with these options for its JVM and no others; it may live for long.
  public static ServerProcess launch(
      Path jar, Path dataDirectory, Map<String, String> environment, List<String> options) {
    Path log = dataDirectory.resolve("server.log");
    try {
      Files.createDirectories(dataDirectory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> settings =
        new HashMap<>(Map.of("PORT", "0", "DATA_DIR", dataDirectory.toString()));
    settings.putAll(environment);
    CompletableFuture<URI> listening = new CompletableFuture<>();
    CompletableFuture<URI> ready = new CompletableFuture<>();
    return new ServerProcess(
        JavaProcess.launch(
            "server", jar, options, settings, log, Map.of(LISTENS, listening, READY, ready)),
        dataDirectory,
        listening,
        ready);
  }

  /// Where it listens, once it is ready.
  ///
  /// @throws AssertionError if it ended instead, with all that it printed
  public URI awaitReady() throws InterruptedException {
    return process.await(ready, "get ready");
  }

  /// Where it listens, whether it is ready or not.
  ///
  /// @throws AssertionError if it ended instead, with all that it printed
  public URI awaitListening() throws InterruptedException {
    return process.await(listening, "listen");
  }

  /// Asks it to stop (SIGTERM).
  public void terminate() {
    process.terminate();
  }

  /// Ends it on the spot (SIGKILL), and nothing else: its PostgreSQL is left to itself.
  public void kill() throws InterruptedException {
    process.kill();
  }

  /// Stops it where it stands (SIGSTOP), until [#wake].
  public void sleep() {
    process.sleep();
  }

  /// Lets it go on after [#sleep] as if nothing had been (SIGCONT).
  public void wake() {
    process.wake();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public long pid() {
    return process.pid();
  }

  /// @return the exit code
  /// @throws AssertionError if it does not end
  public int awaitExit() throws InterruptedException {
    return process.awaitExit();
  }

  /// All that it has printed so far.
  public String output() {
    return process.output();
  }

  /// Returns once it has printed `text`.
  ///
  /// @throws AssertionError if it does not
  public void awaitOutput(String text) throws Exception {
    Patience.until(() -> output().contains(text), () -> text + " in the output:\n" + output());
  }

  /// The port of the embedded PostgreSQL, which runs.
  public int postgresPort() throws IOException {
    return Integer.parseInt(Files.readAllLines(pidFile(dataDirectory)).get(3).strip());
  }

  /// Whether the embedded PostgreSQL of its data directory runs.
  public boolean leftPostgresRunning() {
    return livingPostgres(dataDirectory).isPresent();
  }

  private static Optional<ProcessHandle> livingPostgres(Path dataDirectory) {
    Path pidFile = pidFile(dataDirectory);
    try {
      return Files.exists(pidFile)
          ? ProcessHandle.of(Long.parseLong(Files.readAllLines(pidFile).getFirst().strip()))
              .filter(ProcessHandle::isAlive)
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path pidFile(Path dataDirectory) {
    return dataDirectory.resolve("postgres").resolve("postmaster.pid");
  }

  @Override
  public void close() {
    process.end();
    livingPostgres(dataDirectory)
        .ifPresent(postgres -> {
          postgres.destroy();
          postgres.onExit().orTimeout(60, TimeUnit.SECONDS).join();
        });
  }
}
