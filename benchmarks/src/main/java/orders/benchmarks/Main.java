package orders.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.logging.LogManager;
import orders.benchmarks.report.Report;
import orders.benchmarks.report.Results;
import orders.benchmarks.scenario.Lab;
import orders.benchmarks.scenario.Part;
import orders.benchmarks.scenario.RunSettings;
import orders.benchmarks.scenario.Targets;
import orders.faults.process.RunDirectory;

/// Runs the benchmarks. See the README of this module.
public final class Main {
  private Main() {}

  public static void main(String[] arguments) throws Exception {
    // The libraries that start PostgreSQL and bring its schema log nothing that matters here.
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    LogManager.getLogManager().reset();
    try {
      run(RunSettings.read(System.getenv()));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    }
    // Whatever still runs, has nothing more to do.
    System.exit(0);
  }

  /// @throws IllegalStateException if an audit found anything wrong
  static void run(RunSettings settings) throws Exception {
    Path directory = RunDirectory.empty(settings.directory());
    Results results = new Results();
    try (Lab lab = Lab.open(settings, results)) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(lab)));
      List<String> conditions = Conditions.describe(settings, lab);
      conditions.forEach(System.out::println);
      System.out.printf("all files in %s%n", directory);
      for (Part part : settings.parts()) {
        System.out.printf("%s, %tT%n", part.word(), ZonedDateTime.now(ZoneOffset.UTC));
        part.run(lab);
        // After each, so that a long run that is interrupted has something to show.
        Report.write(
            settings.report(),
            conditions,
            Targets.ALL.stream().map(target -> target.in(results)).toList(),
            settings.parts().stream()
                .map(each -> new Report.Section(each.word(), each.explanation()))
                .toList(),
            results);
      }
    }
    System.out.printf(
        "no order was lost, doubled or broken; see %s%n",
        settings.report().resolve("benchmarks.md"));
  }

  /// Whoever interrupts a run must not have to look for its processes.
  private static void end(Lab lab) {
    try {
      lab.close();
    } catch (IOException e) {
      System.err.println("not everything could be ended: " + e.getMessage());
    }
  }
}
