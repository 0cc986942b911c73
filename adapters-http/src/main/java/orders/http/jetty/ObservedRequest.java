package orders.http.jetty;

import io.javalin.http.Context;
import java.util.Optional;
import orders.application.port.TraceContext;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.NanoTime;
import org.jspecify.annotations.Nullable;

/// What is known of one request from its first moment to its last, for logs and figures.
public final class ObservedRequest {
  static final String ATTRIBUTE = ObservedRequest.class.getName();

  private final String id;
  private final Optional<TraceContext> trace;
  private RequestMonitor.@Nullable Route route;
  private @Nullable Long beganNanos;

  /// @param trace that its client has it belong to
  ObservedRequest(String id, Optional<TraceContext> trace) {
    this.id = id;
    this.trace = trace;
  }

  /// Has the answer count as one of `route`. To be called first by the handler of a route.
  public static void routed(Context context, RequestMonitor.Route route) {
    ObservedRequest observed = context.attribute(ATTRIBUTE);
    if (observed != null) {
      observed.route = route;
    }
  }

  /// Has the answer be timed as if it ended here: how long a stream goes on says nothing of how
  /// quick its server is. To be called by the thread that handles the request.
  public static void goesOn(Context context) {
    ObservedRequest observed = context.attribute(ATTRIBUTE);
    if (observed != null) {
      observed.beganNanos = NanoTime.now();
    }
  }

  /// The trace that the client of a request named, if it did.
  public static Optional<TraceContext> traceOf(Context context) {
    ObservedRequest observed = context.attribute(ATTRIBUTE);
    return observed == null ? Optional.empty() : observed.trace;
  }

  String id() {
    return id;
  }

  void answered(RequestMonitor monitor, Request request, int status) {
    RequestMonitor.Route reached = route;
    Long began = beganNanos;
    long end = began == null ? NanoTime.now() : began;
    (reached == null ? monitor.noRoute(request.getMethod()) : reached)
        .answered(status, NanoTime.elapsed(request.getHeadersNanoTime(), end));
  }
}
