package orders.benchmarks.control;

import com.github.f4b6a3.uuid.UuidCreator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import orders.benchmarks.driver.TwoLineOrders;
import orders.benchmarks.driver.Waiting;
import org.HdrHistogram.Histogram;

/// The process in which plain JDBC stores orders, so that its processor time is its own, as the
/// server's is. For each line it reads it does one run and writes one line.
public final class JdbcProgram {
  private final String url;
  private final List<SampleOrder> orders;

  private JdbcProgram(String url, List<SampleOrder> orders) {
    this.url = url;
    this.orders = orders;
  }

  /// @param arguments a JDBC URL and the file of sample orders
  public static void main(String[] arguments) throws Exception {
    List<SampleOrder> orders =
        TwoLineOrders.read(Path.of(arguments[1])).stream().map(SampleOrder::of).toList();
    JdbcProgram program = new JdbcProgram(arguments[0], orders);
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      System.out.println("ready");
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        System.out.println(program.run(JdbcRun.parse(line)).line());
      }
    }
  }

  /// What one connection did.
  private static final class Writer {
    final Histogram latencies = new Histogram(60_000_000_000L, 3);
    long stored;
  }

  private JdbcOutcome run(JdbcRun run) throws Exception {
    List<Connection> connections = new ArrayList<>();
    try {
      for (int i = 0; i < run.connections(); i++) {
        connections.add(DriverManager.getConnection(url));
      }
      long from = System.nanoTime() + run.warmUp().toNanos();
      long to = from + run.measured().toNanos();
      List<FutureTask<Writer>> tasks = new ArrayList<>();
      for (Connection connection : connections) {
        int first = tasks.size() * orders.size() / connections.size();
        FutureTask<Writer> task = new FutureTask<>(() -> write(connection, run, first, from, to));
        tasks.add(task);
        Thread.ofPlatform().start(task);
      }
      Histogram all = new Histogram(60_000_000_000L, 3);
      long stored = 0;
      for (FutureTask<Writer> task : tasks) {
        all.add(task.get().latencies);
        stored += task.get().stored;
      }
      return JdbcOutcome.of(all, stored);
    } finally {
      for (Connection connection : connections) {
        connection.close();
      }
    }
  }

  private Writer write(Connection connection, JdbcRun run, int first, long from, long to)
      throws SQLException, IOException {
    Writer writer = new Writer();
    try (PreparedStatement statement = connection.prepareStatement(run.form().sql())) {
      int next = first;
      for (long begin = System.nanoTime(); begin - to < 0; begin = System.nanoTime()) {
        orders.get(next).bind(statement, UuidCreator.getTimeOrderedEpoch());
        next = (next + 1) % orders.size();
        statement.execute();
        writer.stored++;
        long end = System.nanoTime();
        if (end - from >= 0 && end - to < 0) {
          writer.latencies.recordValue(Math.min(end - begin, 60_000_000_000L));
        }
        if (!run.pause().isZero()) {
          Waiting.pass(run.pause().minus(Duration.ofNanos(end - begin)));
        }
      }
    }
    return writer;
  }
}
