package orders.bootstrap.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import orders.postgres.PoolFigures;

/// How the pools of connections are used, looked at when it is asked for.
final class PoolMeters {
  private PoolMeters() {}

  static void bind(List<PoolFigures> pools, MeterRegistry registry) {
    pools.forEach(pool -> bind(pool, registry));
  }

  private static void bind(PoolFigures pool, MeterRegistry registry) {
    state(pool, registry, "active", PoolFigures::active);
    state(pool, registry, "idle", PoolFigures::idle);
    Gauge.builder("orders.database.connections.max", pool, PoolFigures::most)
        .description("The most connections that a pool may have")
        .tag("pool", pool.name())
        .register(registry);
    Gauge.builder("orders.database.connections.waiting", pool, PoolFigures::waiting)
        .description("Threads that wait for a connection")
        .tag("pool", pool.name())
        .register(registry);
    FunctionCounter.builder("orders.database.connection.timeouts", pool, PoolFigures::timeouts)
        .description("Threads that waited for a connection in vain")
        .tag("pool", pool.name())
        .register(registry);
    FunctionTimer.builder(
            "orders.database.connection.wait",
            pool,
            PoolFigures::acquired,
            PoolFigures::nanosWaited,
            TimeUnit.NANOSECONDS)
        .description("Connections that were given out, and how long was waited for them")
        .tag("pool", pool.name())
        .register(registry);
  }

  private static void state(
      PoolFigures pool,
      MeterRegistry registry,
      String state,
      ToDoubleFunction<PoolFigures> figure) {
    Gauge.builder("orders.database.connections", pool, figure)
        .description("Connections by whether somebody uses them")
        .tag("pool", pool.name())
        .tag("state", state)
        .register(registry);
  }
}
