package orders.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A server started from its jar, as a process of its own.
///
/// Closing it kills the server, and the embedded PostgreSQL that the server may have left, without
/// asking. Safe from any thread.
public final class ServerProcess implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("Orders is ready on (http://\\S+)");
  private static final Pattern LISTENS =
      Pattern.compile("Orders (?:is ready|listens) on (http://\\S+)");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final Path dataDirectory;
  private final Queue<String> output = new ConcurrentLinkedQueue<>();
  private final Thread reader;
  private final CompletableFuture<URI> listening = new CompletableFuture<>();
  private final CompletableFuture<URI> address = new CompletableFuture<>();

  private ServerProcess(Process process, Path dataDirectory) {
    this.process = process;
    this.dataDirectory = dataDirectory;
    this.reader = Thread.ofVirtual().start(this::readOutput);
  }

  /// Starts a server on a free port without waiting for it.
  ///
  /// @param jar the packaged server, its libraries beside it
  /// @param environment settings, on top of an empty environment
  public static ServerProcess launch(
      Path jar, Path dataDirectory, Map<String, String> environment) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    ProcessBuilder builder =
        new ProcessBuilder(java, "-jar", jar.toString()).redirectErrorStream(true);
    // Whatever is set on this machine, DATABASE_URL above all, must not reach the server.
    builder.environment().keySet().retainAll(Set.of("PATH", "HOME"));
    builder.environment().put("PORT", "0");
    builder.environment().put("DATA_DIR", dataDirectory.toString());
    builder.environment().putAll(environment);
    try {
      return new ServerProcess(builder.start(), dataDirectory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Where it listens, once it is ready.
  ///
  /// @throws AssertionError if it ended instead, with all that it printed
  public URI awaitReady() throws InterruptedException {
    return await(address, "get ready");
  }

  /// Where it listens, whether it is ready or not.
  ///
  /// @throws AssertionError if it ended instead, with all that it printed
  public URI awaitListening() throws InterruptedException {
    return await(listening, "listen");
  }

  private URI await(CompletableFuture<URI> said, String what) throws InterruptedException {
    try {
      return said.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("the server did not " + what + "; it printed:\n" + output(), e);
    }
  }

  /// Asks it to stop (SIGTERM).
  public void terminate() {
    // Not Process.destroy, which also closes the pipe that the server still prints to.
    process.toHandle().destroy();
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

  /// Ends it on the spot (SIGKILL), and nothing else: its PostgreSQL is left to itself.
  public void kill() throws InterruptedException {
    process.toHandle().destroyForcibly();
    awaitExit();
  }

  /// @return the exit code
  /// @throws AssertionError if it does not end
  public int awaitExit() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("the server did not end; it printed:\n" + output());
    }
    // What it printed last may still be in the pipe.
    reader.join(PATIENCE);
    return process.exitValue();
  }

  /// All that it has printed so far.
  public String output() {
    return String.join("\n", output);
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

  private void readOutput() {
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        output.add(line);
        note(line, LISTENS, listening);
        note(line, READY, address);
      }
      fail(new IOException("the server ended"));
    } catch (IOException e) {
      fail(e);
    }
  }

  private static void note(String line, Pattern pattern, CompletableFuture<URI> said) {
    Matcher matcher = pattern.matcher(line);
    if (matcher.find()) {
      said.complete(URI.create(matcher.group(1)));
    }
  }

  private void fail(IOException e) {
    listening.completeExceptionally(e);
    address.completeExceptionally(e);
  }

  @Override
  public void close() {
    process.destroyForcibly();
    end(process.toHandle());
    livingPostgres(dataDirectory).ifPresent(ServerProcess::end);
  }

  private static void end(ProcessHandle process) {
    process.destroy();
    process.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }
}
