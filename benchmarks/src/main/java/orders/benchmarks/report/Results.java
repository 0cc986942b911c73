package orders.benchmarks.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import orders.benchmarks.measure.Summary;

/// All figures of a run, each with those of its rounds. Not safe for several threads.
public final class Results {
  private final Map<Figure, List<Double>> rounds = new LinkedHashMap<>();

  /// One thing that was measured in each round.
  ///
  /// @param part of the benchmarks
  /// @param who was measured
  /// @param what it is, with its unit
  public record Figure(String part, String who, String what) {}

  /// Adds a round and prints it.
  public void add(String part, String who, String what, double value) {
    Figure figure = new Figure(part, who, what);
    List<Double> all = rounds.computeIfAbsent(figure, _ -> new ArrayList<>());
    all.add(value);
    System.out.printf(
        "  %-14s %-40s %-34s round %d: %s%n", part, who, what, all.size(), Numbers.text(value));
  }

  /// The rounds of each figure, in the order in which they were first measured.
  public Map<Figure, List<Double>> all() {
    return rounds;
  }

  /// @return empty if it was not measured in this run
  public Optional<Summary> summary(String part, String who, String what) {
    return Optional.ofNullable(rounds.get(new Figure(part, who, what))).map(Summary::of);
  }

  /// The figure of this part whose median is highest among those measured.
  public Optional<Figure> best(String part, String what) {
    return rounds.keySet().stream()
        .filter(figure -> figure.part().equals(part) && figure.what().equals(what))
        .max((a, b) -> Double.compare(median(a), median(b)));
  }

  public double median(Figure figure) {
    return Summary.of(Optional.ofNullable(rounds.get(figure)).orElse(List.of())).median();
  }
}
