package orders.http;

import io.javalin.http.Context;
import java.util.Map;
import java.util.function.BooleanSupplier;
import orders.application.usecase.CheckReadiness;
import orders.application.usecase.CheckReadiness.Readiness;

/// For whoever watches the process, and whoever decides where requests go.
final class HealthRoutes {
  static final String LIVE = "/health/live";

  private final CheckReadiness checkReadiness;
  private final BooleanSupplier stopping;

  /// @param stopping whether this server has begun to stop
  HealthRoutes(CheckReadiness checkReadiness, BooleanSupplier stopping) {
    this.checkReadiness = checkReadiness;
    this.stopping = stopping;
  }

  void addTo(Routes routes) {
    routes.get("/health", HealthRoutes::live);
    routes.get(LIVE, HealthRoutes::live);
    routes.get("/health/ready", this::ready);
  }

  /// Whether a path is one of these.
  static boolean serve(String path) {
    return path.equals("/health") || path.startsWith("/health/");
  }

  private static void live(Context context) {
    Responses.json(context, 200, Map.of("status", "up"));
  }

  private void ready(Context context) {
    switch (stopping.getAsBoolean() ? Readiness.DRAINING : checkReadiness.check()) {
      case READY -> Responses.json(context, 200, Map.of("status", "ready"));
      case DATABASE_UNREACHABLE -> notReady(context, "The database cannot be reached.");
      case DRAINING -> notReady(context, "The server is stopping.");
    }
  }

  private static void notReady(Context context, String why) {
    context.header("Retry-After", "1");
    Responses.problem(context, Problem.of(ProblemType.UNAVAILABLE, why));
  }
}
