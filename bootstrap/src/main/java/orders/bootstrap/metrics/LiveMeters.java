package orders.bootstrap.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import orders.postgres.LiveOrders;

/// The live orders of all nodes: the same on each of them. Not a number while the database does not
/// answer.
final class LiveMeters {
  private final LiveFigures figures;
  private final MeterRegistry registry;

  private LiveMeters(LiveFigures figures, MeterRegistry registry) {
    this.figures = figures;
    this.registry = registry;
  }

  static void bind(LiveFigures figures, MeterRegistry registry) {
    var meters = new LiveMeters(figures, registry);
    meters.status("pending", LiveOrders.Count::pending);
    meters.status("processing", LiveOrders.Count::processing);
    meters.status("compensating", LiveOrders.Count::compensating);
    meters.status("needs_attention", LiveOrders.Count::parked);
    meters.gauge(
        "orders.queue.due",
        "Orders that nobody works on although somebody could at once",
        count -> count.due());
    meters.age(
        "orders.queue.oldest.age",
        "How long the first of the due orders has waited for a worker",
        LiveOrders.Count::longestDue);
    meters.age(
        "orders.live.oldest.age",
        "How long ago the oldest live order was placed, those aside that need attention",
        LiveOrders.Count::oldest);
    Gauge.builder("orders.database.up", figures, it -> it.count().isPresent() ? 1 : 0)
        .description("1 if the database answers this node")
        .register(registry);
    Gauge.builder("orders.node.ready", figures, it -> it.isReady() ? 1 : 0)
        .description("1 if this node should be sent requests")
        .register(registry);
  }

  private void status(String status, ToLongFunction<LiveOrders.Count> figure) {
    Gauge.builder("orders.live", figures, of(count -> figure.applyAsLong(count)))
        .description("Live orders by status")
        .tag("status", status)
        .register(registry);
  }

  private void gauge(String name, String description, ToDoubleFunction<LiveOrders.Count> figure) {
    Gauge.builder(name, figures, of(figure)).description(description).register(registry);
  }

  private void age(
      String name,
      String description,
      java.util.function.Function<LiveOrders.Count, Optional<Duration>> age) {
    Gauge.builder(
            name,
            figures,
            of(count -> age.apply(count).map(it -> it.toMillis() / 1_000.0).orElse(0.0)))
        .description(description)
        .baseUnit("seconds")
        .register(registry);
  }

  private static ToDoubleFunction<LiveFigures> of(ToDoubleFunction<LiveOrders.Count> figure) {
    return it -> it.count().map(figure::applyAsDouble).orElse(Double.NaN);
  }
}
