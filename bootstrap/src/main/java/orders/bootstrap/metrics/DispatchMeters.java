package orders.bootstrap.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToLongFunction;
import orders.application.dispatch.DispatchSettings;
import orders.application.dispatch.Dispatcher;
import orders.application.dispatch.PartnerFigures;
import orders.application.dispatch.PartnerFigures.Breaker;
import orders.application.port.WorkQueue.Obstacle;
import orders.domain.Step;

/// How the worker pool and its partners are, looked at when it is asked for.
final class DispatchMeters {
  private final Dispatcher dispatcher;
  private final MeterRegistry registry;

  private DispatchMeters(Dispatcher dispatcher, MeterRegistry registry) {
    this.dispatcher = dispatcher;
    this.registry = registry;
  }

  static void bind(Dispatcher dispatcher, DispatchSettings settings, MeterRegistry registry) {
    var meters = new DispatchMeters(dispatcher, registry);
    meters.bindPool(settings);
    for (Step step : Step.values()) {
      meters.bindPartner(step);
    }
  }

  private void bindPool(DispatchSettings settings) {
    Gauge.builder("orders.workers.busy", dispatcher, Dispatcher::busyWorkers)
        .description("Workers that have an order")
        .register(registry);
    Gauge.builder("orders.workers.max", settings, DispatchSettings::workers)
        .description("The most orders in progress at once on this node")
        .register(registry);
    Gauge.builder("orders.slots.free", dispatcher, Dispatcher::freeSlots)
        .description("How many more orders this node could take on")
        .register(registry);
    Gauge.builder("orders.slots.max", settings, DispatchSettings::slots)
        .description("The most orders that this node holds in memory")
        .register(registry);
    FunctionCounter.builder("orders.stale.writes", dispatcher, Dispatcher::staleWrites)
        .description("Writes of workers that were refused, since their lease had been lost")
        .register(registry);
  }

  private void bindPartner(Step step) {
    for (Breaker state : Breaker.values()) {
      Gauge.builder(
              "orders.breaker.state", dispatcher, it -> it.partner(step).breaker() == state ? 1 : 0)
          .description("1 for the state that the partner's circuit breaker is in")
          .tag("step", Words.of(step))
          .tag("state", Words.of(state))
          .register(registry);
    }
    Gauge.builder("orders.partner.calls.active", dispatcher, it -> it.partner(step).calls())
        .description("Calls to the partner that are under way")
        .tag("step", Words.of(step))
        .register(registry);
    Gauge.builder("orders.partner.calls.max", dispatcher, it -> it.partner(step).mostCalls())
        .description("The most calls to the partner at once")
        .tag("step", Words.of(step))
        .register(registry);
    for (Obstacle obstacle : Obstacle.values()) {
      turnedAway(step, obstacle);
    }
  }

  private void turnedAway(Step step, Obstacle obstacle) {
    String reason =
        switch (obstacle) {
          case PARTNER -> "limit";
          case BREAKER -> "breaker";
        };
    ToLongFunction<PartnerFigures> count =
        switch (obstacle) {
          case PARTNER -> PartnerFigures::turnedAwayByLimit;
          case BREAKER -> PartnerFigures::turnedAwayByBreaker;
        };
    FunctionCounter.builder(
            "orders.partner.turned.away", dispatcher, it -> count.applyAsLong(it.partner(step)))
        .description("Orders that were sent away before their partner was called")
        .tag("step", Words.of(step))
        .tag("reason", reason)
        .register(registry);
  }
}
