package orders.benchmarks.control;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// One order per transaction through JDBC, by a process of its own. Closing it kills it. Not safe
/// for several threads.
public final class PlainJdbc implements AutoCloseable {
  private final ControlProcess process;

  private PlainJdbc(ControlProcess process) {
    this.process = process;
  }

  /// Returns once it is ready.
  ///
  /// @param classPath the jar of this module
  public static PlainJdbc start(Path classPath, String jdbcUrl, Path samples, Path log)
      throws IOException {
    ControlProcess process =
        ControlProcess.start(
            classPath, JdbcProgram.class, log, List.of(), List.of(jdbcUrl, samples.toString()));
    var _ = process.read();
    return new PlainJdbc(process);
  }

  /// The ways to store an order, for [#run].
  public static List<String> forms() {
    return List.of(OneOrder.ONE_STATEMENT.name(), OneOrder.THREE_TOGETHER.name());
  }

  public long pid() {
    return process.pid();
  }

  /// As many orders as go.
  public JdbcOutcome run(String form, int connections, Duration warmUp, Duration measured)
      throws IOException {
    return ask(new JdbcRun(OneOrder.valueOf(form), connections, warmUp, measured, Duration.ZERO));
  }

  /// One connection that stores an order, waits, and stores the next.
  public JdbcOutcome alone(Duration pause, Duration warmUp, Duration measured) throws IOException {
    return ask(new JdbcRun(OneOrder.ONE_STATEMENT, 1, warmUp, measured, pause));
  }

  private JdbcOutcome ask(JdbcRun run) throws IOException {
    return JdbcOutcome.parse(process.ask(run.line()));
  }

  @Override
  public void close() {
    process.close();
  }
}
