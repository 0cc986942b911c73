package orders.bootstrap.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import java.util.stream.Collectors;
import orders.http.jetty.RequestMonitor;
import org.jspecify.annotations.Nullable;

/// Counts answers and how long they took, by route, method and status.
///
/// The timer of an answer is found by its status alone: nothing is looked up and nothing is made
/// once there has been one of its sort.
final class RequestMeters implements RequestMonitor {
  private static final String NONE = "none";
  private static final String OTHER = "other";
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT");

  private final MeterRegistry registry;
  private final Map<String, Route> noRoute;
  private final Route otherMethod;

  RequestMeters(MeterRegistry registry) {
    this.registry = registry;
    this.noRoute =
        METHODS.stream().collect(Collectors.toUnmodifiableMap(Function.identity(), this::meters));
    this.otherMethod = meters(OTHER);
  }

  private Route meters(String method) {
    return new RouteMeters(method, NONE);
  }

  @Override
  public Route route(String method, String template) {
    return new RouteMeters(method, template);
  }

  @Override
  public Route noRoute(String method) {
    return noRoute.getOrDefault(method, otherMethod);
  }

  private final class RouteMeters implements Route {
    private static final int LOWEST = 100;
    private static final int HIGHEST = 599;

    private final String method;
    private final String template;
    private final AtomicReferenceArray<@Nullable Timer> byStatus =
        new AtomicReferenceArray<>(HIGHEST - LOWEST + 1);

    private RouteMeters(String method, String template) {
      this.method = method;
      this.template = template;
    }

    @Override
    public void answered(int status, long nanos) {
      int index = Math.clamp(status, LOWEST, HIGHEST) - LOWEST;
      Timer known = byStatus.get(index);
      Timer timer = known == null ? timer(index) : known;
      timer.record(nanos, TimeUnit.NANOSECONDS);
    }

    /// Of two threads that come at once, both get the same one from the registry.
    private Timer timer(int index) {
      Timer timer =
          Timer.builder("orders.http.request.duration")
              .description("Answers, and how long each took from its request's head to its end")
              .tag("route", template)
              .tag("method", method)
              .tag("status", Integer.toString(LOWEST + index))
              .serviceLevelObjectives(Buckets.REQUEST)
              .register(registry);
      byStatus.set(index, timer);
      return timer;
    }
  }
}
