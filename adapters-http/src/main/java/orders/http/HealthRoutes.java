package orders.http;

import io.javalin.http.Context;
import java.util.Map;
import orders.application.usecase.CheckReadiness;

/// For whoever watches the process, and whoever decides where requests go.
final class HealthRoutes {
  private final CheckReadiness checkReadiness;

  HealthRoutes(CheckReadiness checkReadiness) {
    this.checkReadiness = checkReadiness;
  }

  void addTo(Routes routes) {
    routes.get("/health", HealthRoutes::live);
    routes.get("/health/live", HealthRoutes::live);
    routes.get("/health/ready", this::ready);
  }

  private static void live(Context context) {
    Responses.json(context, 200, Map.of("status", "up"));
  }

  private void ready(Context context) {
    switch (checkReadiness.check()) {
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
