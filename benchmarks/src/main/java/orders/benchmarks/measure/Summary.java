package orders.benchmarks.measure;

import java.util.List;

/// What several rounds have in common.
public record Summary(double median, double least, double most) {
  /// @param rounds at least one
  public static Summary of(List<Double> rounds) {
    if (rounds.isEmpty()) {
      throw new IllegalArgumentException("no rounds, no figures");
    }
    List<Double> sorted = rounds.stream().sorted().toList();
    int middle = sorted.size() / 2;
    double median =
        sorted.size() % 2 == 1
            ? sorted.get(middle)
            : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    return new Summary(median, sorted.getFirst(), sorted.getLast());
  }
}
