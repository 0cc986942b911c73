package orders.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import orders.benchmarks.scenario.Part;
import orders.benchmarks.scenario.RunSettings;
import orders.http.wire.OrderCodecBenchmark;
import orders.postgres.GroupCommitBenchmark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/// Every benchmark for as long as it takes to see that it works; no figure means anything.
final class BenchmarksIT {
  /// Too few of everything to wait for.
  private static final Map<String, String> SHORT =
      Map.ofEntries(
          Map.entry("CONTROL_CONNECTIONS", "8"),
          Map.entry("PROJECT", ".."),
          Map.entry("ROUNDS", "1"),
          Map.entry("SECONDS", "0.2"),
          Map.entry("WARM_UP_SECONDS", "0"),
          Map.entry("CONNECTIONS", "8"),
          Map.entry("IN_PROGRESS", "100"),
          Map.entry("BACKLOG", "200"),
          Map.entry("ENDED", "200"),
          Map.entry("SLOW_WORKERS", "50"),
          Map.entry("SLOW_CLIENTS", "30"),
          Map.entry("STREAMS", "30"));

  @TempDir private Path directory;

  @Test
  void everyPartComesToAFigureAndPassesItsAudit() throws Exception {
    Map<String, String> environment = new HashMap<>(SHORT);
    environment.put("DIRECTORY", directory.resolve("run").toString());
    environment.put("REPORT", directory.resolve("report").toString());
    Main.run(RunSettings.read(environment));

    String page = Files.readString(directory.resolve("report/benchmarks.md"));
    String rounds = Files.readString(directory.resolve("report/benchmarks/rounds.csv"));
    assertThat(page).contains("fsync = on", "synchronous_commit = on", "full_page_writes = on");
    for (Part part : Part.values()) {
      assertThat(page).contains("## " + part.word());
      assertThat(rounds).containsPattern("(?m)^" + part.word() + ",\"[^\"]+\",\"[^\"]+\",1,[0-9]");
    }
  }

  @Test
  void theCodecAndTheSharingOfCommitsCanBeBenchmarked() throws Exception {
    var results =
        new Runner(
                new OptionsBuilder()
                    .include(OrderCodecBenchmark.class.getName())
                    .include(GroupCommitBenchmark.class.getName())
                    .param("callers", "64")
                    .param("micros", "0")
                    .forks(0)
                    .warmupIterations(0)
                    .measurementIterations(1)
                    .measurementTime(TimeValue.milliseconds(50))
                    .timeUnit(TimeUnit.NANOSECONDS)
                    .build())
            .run();
    assertThat(results).hasSize(4);
  }
}
