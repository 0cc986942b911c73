package orders.http.jetty;

import io.javalin.http.Context;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.NanoTime;
import org.jspecify.annotations.Nullable;

/// What is known of one request from its first moment to its last, for logs and figures.
public final class ObservedRequest {
  static final String ATTRIBUTE = ObservedRequest.class.getName();

  private final String id;
  private RequestMonitor.@Nullable Route route;

  ObservedRequest(String id) {
    this.id = id;
  }

  /// Has the answer count as one of `route`. To be called first by the handler of a route.
  public static void routed(Context context, RequestMonitor.Route route) {
    ObservedRequest observed = context.attribute(ATTRIBUTE);
    if (observed != null) {
      observed.route = route;
    }
  }

  String id() {
    return id;
  }

  void answered(RequestMonitor monitor, Request request, int status) {
    RequestMonitor.Route reached = route;
    (reached == null ? monitor.noRoute(request.getMethod()) : reached)
        .answered(status, NanoTime.since(request.getHeadersNanoTime()));
  }
}
