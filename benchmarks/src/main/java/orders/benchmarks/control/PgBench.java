package orders.benchmarks.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/// PostgreSQL's own load driver, which stores the same rows, one order per transaction. Not safe
/// for several threads.
public final class PgBench {
  private static final Pattern TPS = Pattern.compile("tps = ([0-9.]+) \\(without");
  private static final Pattern DONE =
      Pattern.compile("number of transactions actually processed: ([0-9]+)");

  private static final String SCRIPT =
      """
      \\set customer random(1, 800)
      \\set merchant random(1, 4)
      \\set number random(1, 1000000)
      \\set quantity random(1, 9)
      \\set price random(100, 99999)
      with new as materialized (select new_id() as id),
      placed as (
        insert into orders (
          id, customer_id, merchant_id, reference, currency, total, created_at, skus, names,
          quantities, unit_prices)
        select
          id, 'CG-' || :customer, 'superstore-' || :merchant, 'CA-2016-' || :number, 'USD',
          2 * :quantity * :price, now(),
          array['FUR-BO-1000' || :price, 'FUR-BO-1000' || :price],
          array['Bush Somerset Collection Bookcase', 'Bush Somerset Collection Bookcase'],
          array[:quantity, :quantity]::integer[], array[:price, :price]::bigint[]
        from new
      ),
      told as (
        insert into events (order_id, seq, at, type) select id, 1, now(), 'placed' from new
      )
      insert into work (
        order_id, merchant_id, step, compensating, failed_attempts, round, version, created_at,
        updated_at, due_at, epoch)
      select id, 'superstore-' || :merchant, 'confirmation', false, 0, 1, 1, now(), now(), now(), 0
      from new;
      """;

  private final String program;
  private final Path directory;
  private final Path script;

  private PgBench(String program, Path directory, Path script) {
    this.program = program;
    this.directory = directory;
    this.script = script;
  }

  /// @param latencies in nanoseconds, from when a transaction was intended; empty if there was no
  ///   rate to keep
  public record Outcome(double perSecond, long stored, Histogram latencies) {
    public double latencyMillis(double percentile) {
      return latencies.getValueAtPercentile(percentile) / 1e6;
    }
  }

  /// @param directory for its script and logs
  /// @param hasUuidV7 whether the database makes ids that are ordered by time
  /// @return empty if it is not on the path
  public static Optional<PgBench> find(Path directory, boolean hasUuidV7) throws IOException {
    Files.createDirectories(directory);
    Path script = directory.resolve("order.sql");
    Files.writeString(
        script, SCRIPT.replace("new_id()", hasUuidV7 ? "uuidv7()" : "gen_random_uuid()"));
    return Stream.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(":", -1))
        .map(place -> Path.of(place, "pgbench"))
        .filter(Files::isExecutable)
        .findFirst()
        .map(program -> new PgBench(program.toString(), directory, script));
  }

  /// Its version, in a line.
  public String version() throws IOException, InterruptedException {
    return output(List.of(program, "--version")).strip();
  }

  /// As many orders as go.
  ///
  /// @param url of the database, as `DATABASE_URL`
  public Outcome run(String url, int clients, Duration measured)
      throws IOException, InterruptedException {
    String output = output(command(url, clients, measured));
    return new Outcome(
        Double.parseDouble(found(TPS, output)),
        Long.parseLong(found(DONE, output)),
        new Histogram(60_000_000_000L, 3));
  }

  /// So many orders a second, at random times.
  ///
  /// @param warmUp at the start of `measured`, whose latencies are left out
  public Outcome runAt(
      double perSecond, String url, int clients, Duration warmUp, Duration measured)
      throws IOException, InterruptedException {
    List<String> command = command(url, clients, measured);
    Path logs = Files.createTempDirectory(directory, "log-");
    command.addAll(
        command.size() - 1,
        List.of(
            String.format(Locale.ROOT, "--rate=%.1f", perSecond),
            "--log",
            "--log-prefix=" + logs.resolve("latency")));
    String output = output(command);
    return new Outcome(
        Double.parseDouble(found(TPS, output)),
        Long.parseLong(found(DONE, output)),
        latencies(logs, warmUp));
  }

  private List<String> command(String url, int clients, Duration measured) {
    int threads = Math.min(clients, Runtime.getRuntime().availableProcessors());
    return new ArrayList<>(
        List.of(
            program,
            "--no-vacuum",
            "--protocol=prepared",
            "--client=" + clients,
            "--jobs=" + threads,
            "--time=" + Math.max(1, measured.toSeconds()),
            "--file=" + script,
            url));
  }

  /// Each line: client, number, microseconds, script, second and microsecond of its end, lag.
  private static Histogram latencies(Path logs, Duration warmUp) throws IOException {
    List<long[]> rows = new ArrayList<>();
    try (Stream<Path> files = Files.list(logs)) {
      for (Path file : files.toList()) {
        for (String line : Files.readAllLines(file)) {
          String[] words = line.split(" ", -1);
          long end = Long.parseLong(words[4]) * 1_000_000 + Long.parseLong(words[5]);
          rows.add(new long[] {end, Long.parseLong(words[2])});
        }
        Files.delete(file);
      }
    }
    long from =
        rows.stream().mapToLong(row -> row[0] - row[1]).min().orElse(0) + warmUp.toNanos() / 1_000;
    Histogram latencies = new Histogram(60_000_000_000L, 3);
    rows.stream()
        .filter(row -> row[0] - row[1] >= from)
        .forEach(row -> latencies.recordValue(Math.min(row[1] * 1_000, 60_000_000_000L)));
    return latencies;
  }

  private static String found(Pattern pattern, String output) {
    Matcher matcher = pattern.matcher(output);
    if (!matcher.find()) {
      throw new IllegalStateException("pgbench did not say what it did:\n" + output);
    }
    return matcher.group(1);
  }

  private static String output(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (process.waitFor() != 0) {
        throw new IOException("pgbench failed:\n" + output);
      }
      return output;
    } finally {
      process.destroyForcibly();
    }
  }
}
