package orders.benchmarks.report;

import java.util.Optional;
import java.util.function.Function;

/// Something that is wanted.
///
/// @param value in the unit of `must`; empty if this run did not measure it
/// @param atLeast whether more is better
public record Target(
    String what,
    double must,
    double aim,
    boolean atLeast,
    Function<Results, Optional<Double>> value) {
  public static Target atLeast(
      String what, double must, double aim, Function<Results, Optional<Double>> value) {
    return new Target(what, must, aim, true, value);
  }

  public static Target atMost(
      String what, double must, double aim, Function<Results, Optional<Double>> value) {
    return new Target(what, must, aim, false, value);
  }

  /// What came of it in a run.
  public record Reached(String what, double must, double aim, String measured, String verdict) {}

  public Reached in(Results results) {
    Optional<Double> measured = value.apply(results);
    return new Reached(
        what,
        must,
        aim,
        measured.map(Numbers::text).orElse("–"),
        measured.map(this::verdict).orElse("not measured"));
  }

  private String verdict(double measured) {
    if (holds(measured, aim)) {
      return "aim";
    }
    return holds(measured, must) ? "must" : "**missed**";
  }

  private boolean holds(double measured, double bound) {
    return atLeast ? measured >= bound : measured <= bound;
  }
}
