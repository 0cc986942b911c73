package orders.benchmarks.report;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import orders.benchmarks.measure.Summary;
import orders.benchmarks.report.Results.Figure;

/// Writes what a run came to.
public final class Report {
  private Report() {}

  /// What a part is about.
  public record Section(String name, String explanation) {}

  /// Writes `benchmarks.md`, and each round of each figure as a row of `benchmarks/rounds.csv`.
  ///
  /// @param directory for both
  /// @param conditions machine, versions and settings, a line each
  public static void write(
      Path directory,
      List<String> conditions,
      List<Target.Reached> targets,
      List<Section> sections,
      Results results)
      throws IOException {
    Files.createDirectories(directory.resolve("benchmarks"));
    Files.writeString(directory.resolve("benchmarks/rounds.csv"), csv(results));
    StringBuilder page = new StringBuilder(1 << 14);
    page.append("# Benchmarks\n\nWritten by one run of ")
        .append(
            "`mvn -q -DskipTests -Pbenchmarks verify`; see [its README](../benchmarks/README.md). ")
        .append("Every round is in [rounds.csv](benchmarks/rounds.csv).\n\n")
        .append("## Where\n\n")
        .append(conditions.stream().map(line -> "    " + line + "\n").collect(joining()));
    if (!targets.isEmpty()) {
      page.append(
              "\n## Targets\n\nP is the best rate of this run at one order per transaction.\n\n")
          .append("| what | measured | must | aim | reached |\n|---|---|---|---|---|\n");
      targets.forEach(target -> page.append(row(target)));
    }
    for (Section section : sections) {
      page.append("\n## ").append(section.name()).append("\n\n");
      page.append(section.explanation()).append("\n\n");
      page.append(table(section.name(), results));
    }
    Files.writeString(directory.resolve("benchmarks.md"), page);
  }

  private static String row(Target.Reached target) {
    return "| %s | %s | %s | %s | %s |\n"
        .formatted(
            target.what(),
            target.measured(),
            Numbers.text(target.must()),
            Numbers.text(target.aim()),
            target.verdict());
  }

  private static String table(String part, Results results) {
    StringBuilder table =
        new StringBuilder("| who | what | median | range | rounds |\n|---|---|---|---|---|\n");
    for (Map.Entry<Figure, List<Double>> entry : results.all().entrySet()) {
      Figure figure = entry.getKey();
      if (figure.part().equals(part)) {
        Summary summary = Summary.of(entry.getValue());
        table.append(
            "| %s | %s | %s | %s – %s | %s |\n"
                .formatted(
                    figure.who(),
                    figure.what(),
                    Numbers.text(summary.median()),
                    Numbers.text(summary.least()),
                    Numbers.text(summary.most()),
                    entry.getValue().stream().map(Numbers::text).collect(joining("; "))));
      }
    }
    return table.toString();
  }

  private static String csv(Results results) {
    StringBuilder rows = new StringBuilder("part,who,what,round,value\n");
    results
        .all()
        .forEach((figure, rounds) -> {
          for (int i = 0; i < rounds.size(); i++) {
            rows.append(
                String.format(
                    Locale.ROOT,
                    "%s,\"%s\",\"%s\",%d,%s%n",
                    figure.part(),
                    figure.who(),
                    figure.what(),
                    i + 1,
                    rounds.get(i)));
          }
        });
    return rows.toString();
  }
}
