package orders.faults.process;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A program started from its jar as a process of its own, whose output is kept. Safe from any
/// thread.
final class JavaProcess {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final String name;
  private final Process process;
  private final Path log;
  private final Queue<String> output = new ConcurrentLinkedQueue<>();
  private final Map<Pattern, CompletableFuture<URI>> addresses;
  private final Thread reader;

  private JavaProcess(
      String name, Process process, Path log, Map<Pattern, CompletableFuture<URI>> addresses) {
    this.name = name;
    this.process = process;
    this.log = log;
    this.addresses = addresses;
    this.reader = Thread.ofVirtual().start(this::readOutput);
  }

  /// Starts it without waiting for it.
  ///
  /// @param name of the program, for messages
  /// @param jar its libraries beside it
  /// @param options for its JVM
  /// @param environment all of its settings: nothing that is set on this machine reaches it
  /// @param log gets all that it prints, after what is there
  /// @param addresses each completed by the first line that it matches, with its group 1
  static JavaProcess launch(
      String name,
      Path jar,
      List<String> options,
      Map<String, String> environment,
      Path log,
      Map<Pattern, CompletableFuture<URI>> addresses) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-jar", jar.toString()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().retainAll(Set.of("PATH", "HOME"));
    builder.environment().putAll(environment);
    try {
      return new JavaProcess(name, builder.start(), log, addresses);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// @param address one of those given at the launch
  /// @throws AssertionError if it is not printed, with all that was
  URI await(CompletableFuture<URI> address, String what) throws InterruptedException {
    try {
      return address.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError(
          "the %s did not %s; it printed:%n%s".formatted(name, what, output()), e);
    }
  }

  /// Asks it to stop (SIGTERM).
  void terminate() {
    // Not Process.destroy, which also closes the pipe that the program still prints to.
    process.toHandle().destroy();
  }

  /// Ends it on the spot (SIGKILL).
  void kill() throws InterruptedException {
    process.toHandle().destroyForcibly();
    awaitExit();
  }

  /// Stops it where it stands (SIGSTOP), until [#wake] or its end.
  ///
  /// @throws AssertionError if it is not there to be stopped
  void sleep() {
    if (!Signals.send("STOP", process.pid())) {
      throw new AssertionError("the %s is not there to be stopped".formatted(name));
    }
  }

  /// Lets it go on after [#sleep] as if nothing had been (SIGCONT).
  void wake() {
    var _ = Signals.send("CONT", process.pid());
  }

  boolean isAlive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  /// @return the exit code
  /// @throws AssertionError if it does not end
  int awaitExit() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("the %s did not end; it printed:%n%s".formatted(name, output()));
    }
    // What it printed last may still be in the pipe.
    reader.join(PATIENCE);
    return process.exitValue();
  }

  /// All that it has printed so far.
  String output() {
    return String.join("\n", output);
  }

  private void readOutput() {
    try (BufferedReader lines = process.inputReader();
        BufferedWriter copy = Files.newBufferedWriter(log, CREATE, APPEND)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        output.add(line);
        copy.write(line + "\n");
        copy.flush();
        note(line);
      }
      fail(new IOException("the " + name + " ended"));
    } catch (IOException e) {
      fail(e);
    }
  }

  private void note(String line) {
    addresses.forEach((pattern, address) -> {
      Matcher matcher = pattern.matcher(line);
      if (matcher.find()) {
        address.complete(URI.create(matcher.group(1)));
      }
    });
  }

  private void fail(IOException e) {
    addresses.values().forEach(address -> address.completeExceptionally(e));
  }

  /// Ends it without asking, and returns once it has ended.
  void end() {
    process.destroyForcibly();
    process.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }
}
