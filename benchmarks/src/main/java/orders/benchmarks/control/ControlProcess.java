package orders.benchmarks.control;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A program of this module in a JVM of its own, asked and answering line by line. Closing it kills
/// it. Not safe for several threads.
public final class ControlProcess implements AutoCloseable {
  private final Process process;
  private final BufferedWriter questions;
  private final BufferedReader answers;

  private ControlProcess(Process process) {
    this.process = process;
    this.questions = process.outputWriter();
    this.answers = process.inputReader();
  }

  /// Starts it without waiting for it.
  ///
  /// @param classPath the jar of this module
  /// @param log gets what goes wrong
  static ControlProcess start(
      Path classPath, Class<?> program, Path log, List<String> options, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(
        List.of(
            "-Dslf4j.internal.verbosity=ERROR", "-cp", classPath.toString(), program.getName()));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(Redirect.appendTo(log.toFile()));
    builder.environment().keySet().retainAll(Set.of("PATH", "HOME"));
    return new ControlProcess(builder.start());
  }

  /// @return the next line that it writes
  String read() throws IOException {
    String line = answers.readLine();
    if (line == null) {
      throw new IOException("a control ended by itself");
    }
    return line;
  }

  String ask(String question) throws IOException {
    questions.write(question + "\n");
    questions.flush();
    return read();
  }

  public long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
