package orders.benchmarks.scenario;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import orders.benchmarks.measure.Summary;
import orders.benchmarks.report.Results;
import orders.benchmarks.report.Target;

/// What is wanted of the server, as ratios within one run wherever a machine decides the rest. A KB
/// has 1,024 bytes.
public final class Targets {
  private static final String SHIPPED = Contender.Kind.AS_SHIPPED.words();
  private static final String UNSHARED = Contender.Kind.ONE_COMMIT_EACH.words();

  public static final List<Target> ALL =
      List.of(
          Target.atLeast(
              "durable 201s per second, against P", 1.0, 1.3, ratio(Targets::placed, Controls::p)),
          Target.atLeast(
              "durable 201s per second, against one commit each",
              3,
              3,
              ratio(Targets::placed, results -> bestPlaced(results, UNSHARED))),
          Target.atLeast(
              "completed per second, against P",
              0.5,
              0.8,
              ratio(median("complete", SHIPPED, Measurement.COMPLETED), Controls::p)),
          Target.atLeast(
              "completed per second, against one commit each",
              4,
              4,
              ratio(
                  median("complete", SHIPPED, Measurement.COMPLETED),
                  median("complete", UNSHARED, Measurement.COMPLETED))),
          Target.atLeast(
              "drained per second, against P",
              0.8,
              1.2,
              ratio(median("drain", SHIPPED, "drained/s"), Controls::p)),
          Target.atMost(
              "POST p99 at half the capacity, against `pgbench --rate`",
              2,
              1.3,
              ratio(
                  median("latency", SHIPPED, "p99 ms " + Latency.HALF),
                  median("latency", "pgbench --rate", "p99 ms " + Latency.HALF))),
          Target.atMost(
              "POST p50 at 10/s, ms more than one commit alone",
              1.5,
              0.7,
              difference(
                  median("latency", SHIPPED, "p50 ms " + Latency.FEW),
                  median("latency", "JDBC, one commit alone", "p50 ms " + Latency.FEW))),
          Target.atMost(
              "201 to first partner call, p99 ms at half the capacity",
              10,
              3,
              median("pickup", SHIPPED, Pickup.AFTER_201)),
          Target.atLeast(
              "completed per second with partners that take 1 s, 0.5 s and 1 s",
              3_500,
              3_900,
              median("slow-partners", SHIPPED, Measurement.COMPLETED)),
          Target.atMost(
              "live heap bytes per order in progress",
              8_192,
              3_072,
              median("slow-partners", SHIPPED, SlowPartners.HEAP)),
          Target.atMost(
              "POST p99 beside 1,000 slow clients and 2,000 idle streams, against alone",
              2,
              1.5,
              ratio(
                  median("slow-and-idle", SHIPPED, SlowAndIdle.BESIDE),
                  median("slow-and-idle", SHIPPED, SlowAndIdle.ALONE))),
          Target.atLeast(
              "durable 201s per second with ended orders, against empty",
              0.9,
              0.97,
              ratio(
                  median("growth", Growth.FULL, Measurement.PLACED),
                  median("growth", Growth.EMPTY, Measurement.PLACED))),
          Target.atLeast(
              "completed per second with ended orders, against empty",
              0.9,
              0.97,
              ratio(
                  median("growth", Growth.FULL, Measurement.COMPLETED),
                  median("growth", Growth.EMPTY, Measurement.COMPLETED))),
          Target.atLeast(
              "claims per second with ended orders, against empty",
              0.9,
              0.97,
              ratio(
                  median("growth", Growth.EMPTY, Growth.CLAIM),
                  median("growth", Growth.FULL, Growth.CLAIM))),
          Target.atLeast(
              "durable 201s per second on two nodes, against one",
              0.9,
              1,
              ratio(
                  median("two-nodes", TwoNodes.TWO, Measurement.PLACED),
                  median("two-nodes", TwoNodes.ONE, Measurement.PLACED))),
          Target.atLeast(
              "completed per second on two nodes, against one",
              0.9,
              1,
              ratio(
                  median("two-nodes", TwoNodes.TWO, Measurement.COMPLETED),
                  median("two-nodes", TwoNodes.ONE, Measurement.COMPLETED))),
          Target.atMost(
              "WAL bytes per completed order",
              3_072,
              2_048,
              median("complete", SHIPPED, "WAL bytes/order")),
          Target.atMost(
              "WAL syncs per order at capacity",
              0.1,
              0.03,
              median("complete", SHIPPED, "WAL syncs/order")),
          Target.atMost(
              "launch to first 201 with an AOT cache, against without",
              0.6,
              0.5,
              ratio(
                  median("startup", Startup.WITH_CACHE, Startup.FIRST_201),
                  median("startup", Startup.WITHOUT_CACHE, Startup.FIRST_201))));

  private Targets() {}

  static Optional<Double> placed(Results results) {
    return bestPlaced(results, SHIPPED);
  }

  /// With as many connections as are best for it.
  private static Optional<Double> bestPlaced(Results results, String contender) {
    return results.all().keySet().stream()
        .filter(figure ->
            figure.part().equals("place")
                && figure.what().equals(Measurement.PLACED)
                && figure.who().matches(contender + ", [0-9]+ connections"))
        .map(results::median)
        .max(Double::compare);
  }

  private static Function<Results, Optional<Double>> median(String part, String who, String what) {
    return results -> results.summary(part, who, what).map(Summary::median);
  }

  private static Function<Results, Optional<Double>> ratio(
      Function<Results, Optional<Double>> value, Function<Results, Optional<Double>> to) {
    return results ->
        value.apply(results).flatMap(v -> to.apply(results).filter(t -> t > 0).map(t -> v / t));
  }

  private static Function<Results, Optional<Double>> difference(
      Function<Results, Optional<Double>> value, Function<Results, Optional<Double>> from) {
    return results -> value.apply(results).flatMap(v -> from.apply(results).map(f -> v - f));
  }
}
