package orders.bootstrap;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
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

/// The server as a process of its own, on an embedded PostgreSQL, with all that it prints.
final class ServerProcess implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("Orders is ready on (\\S+)");
  private static final int PATIENCE_SECONDS = 90;

  private final Process process;
  private final Queue<String> output = new ConcurrentLinkedQueue<>();
  private final CompletableFuture<URI> ready = new CompletableFuture<>();
  private final Thread reader;

  /// @param environment all of its settings, beside a free port
  ServerProcess(Path dataDirectory, Map<String, String> environment) throws IOException {
    var builder =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    Main.class.getName()))
            .redirectErrorStream(true);
    builder.environment().keySet().retainAll(Set.of("PATH", "HOME"));
    builder.environment().put("PORT", "0");
    builder.environment().put("DATA_DIR", dataDirectory.toString());
    builder.environment().putAll(environment);
    process = builder.start();
    reader = Thread.ofVirtual().start(this::read);
  }

  private void read() {
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        output.add(line);
        Matcher address = READY.matcher(line);
        if (address.find()) {
          ready.complete(URI.create(address.group(1)));
        }
      }
      ready.completeExceptionally(new IOException("it ended"));
    } catch (IOException e) {
      ready.completeExceptionally(new UncheckedIOException(e));
    }
  }

  /// Where it listens, once it is ready.
  URI awaitReady() throws InterruptedException {
    try {
      return ready.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("the server did not get ready:\n" + output(), e);
    }
  }

  /// @return the exit code
  int awaitExit() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("the server did not end:\n" + output());
    }
    reader.join();
    return process.exitValue();
  }

  /// All that it has printed so far.
  String output() {
    return String.join("\n", output);
  }

  /// Asks it to stop, and returns when it has.
  void stop() throws InterruptedException {
    process.toHandle().destroy();
    var _ = awaitExit();
  }

  @Override
  public void close() {
    try {
      stop();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      process.destroyForcibly();
    }
  }
}
