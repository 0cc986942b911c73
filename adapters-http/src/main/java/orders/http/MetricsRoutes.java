package orders.http;

import io.javalin.http.Context;
import java.util.function.Supplier;
import orders.application.port.Role;
import orders.http.access.Access;
import orders.http.access.Principal;
import orders.http.access.Usage;
import orders.http.wire.HealthPaths;

/// For Prometheus.
final class MetricsRoutes {
  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

  private final Supplier<String> page;

  MetricsRoutes(Supplier<String> page) {
    this.page = page;
  }

  void addTo(Routes routes) {
    routes.get(HealthPaths.METRICS, Access.only(Role.OPERATOR), Usage.FREE, this::metrics);
  }

  private void metrics(Context context, Principal operator) {
    context.status(200).contentType(TEXT).header("Cache-Control", "no-store").result(page.get());
  }
}
