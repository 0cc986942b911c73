package orders.http;

import io.javalin.http.Context;
import java.util.Map;
import java.util.function.BooleanSupplier;
import orders.application.usecase.CheckReadiness;
import orders.application.usecase.CheckReadiness.Readiness;
import orders.http.access.Access;
import orders.http.access.Principal;
import orders.http.access.Usage;
import orders.http.wire.HealthPaths;
import orders.http.wire.Problem;
import orders.http.wire.ProblemType;
import orders.http.wire.Responses;

/// For whoever watches the process, and whoever decides where requests go.
final class HealthRoutes {
  private final CheckReadiness checkReadiness;
  private final BooleanSupplier stopping;

  /// @param stopping whether this server has begun to stop
  HealthRoutes(CheckReadiness checkReadiness, BooleanSupplier stopping) {
    this.checkReadiness = checkReadiness;
    this.stopping = stopping;
  }

  void addTo(Routes routes) {
    routes.get(HealthPaths.ALL, Access.everybody(), Usage.FREE, HealthRoutes::live);
    routes.get(HealthPaths.LIVE, Access.everybody(), Usage.FREE, HealthRoutes::live);
    routes.get(HealthPaths.READY, Access.everybody(), Usage.FREE, this::ready);
  }

  private static void live(Context context, Principal nobody) {
    Responses.json(context, 200, Map.of("status", "up"));
  }

  private void ready(Context context, Principal nobody) {
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
