package orders.bootstrap.embedded;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A server reduced to its embedded database, in a process of its own that a test may kill.
final class EmbeddedDatabaseProcess implements AutoCloseable {
  static final String CLASS_PATH = System.getProperty("java.class.path");

  private final Process process;
  private final BufferedReader output;

  private EmbeddedDatabaseProcess(Process process) {
    this.process = process;
    this.output = process.inputReader(StandardCharsets.UTF_8);
  }

  /// What runs in the process: start, say how it went, and close once the input ends.
  public static void main(String[] args) throws IOException {
    try (EmbeddedDatabase database = EmbeddedDatabase.start(Path.of(args[0]))) {
      System.out.println("answer: " + database.port());
      System.in.read();
    } catch (EmbeddedDatabase.Unavailable e) {
      System.out.println("answer: " + e.getMessage());
    }
  }

  static EmbeddedDatabaseProcess start(Path dataDirectory) throws IOException {
    return start(List.of(), CLASS_PATH, dataDirectory);
  }

  static EmbeddedDatabaseProcess start(List<String> prefix, String classPath, Path dataDirectory)
      throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1", "-cp", classPath));
    command.addAll(List.of(EmbeddedDatabaseProcess.class.getName(), dataDirectory.toString()));
    return new EmbeddedDatabaseProcess(
        new ProcessBuilder(command).redirectErrorStream(true).start());
  }

  /// The class path less the jars whose name holds `word`.
  static String classPathWithout(String word) {
    return String.join(
        File.pathSeparator,
        Stream.of(CLASS_PATH.split(File.pathSeparator))
            .filter(entry -> !Path.of(entry).getFileName().toString().contains(word))
            .toList());
  }

  /// The port, or the sentence that says why there is none.
  String answer() throws Exception {
    return CompletableFuture.supplyAsync(this::read).get(60, TimeUnit.SECONDS);
  }

  int port() throws Exception {
    return Integer.parseInt(answer());
  }

  long pid() {
    return process.pid();
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws IOException {
    try {
      process.getOutputStream().close();
      process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      process.destroyForcibly();
      throw new IOException("The process did not end by itself", e);
    }
  }

  private String read() {
    StringBuilder all = new StringBuilder();
    try {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (line.startsWith("answer: ")) {
          return line.substring("answer: ".length());
        }
        all.append(line).append('\n');
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new IllegalStateException("no answer but\n" + all);
  }
}
