package orders.http.jetty;

import java.util.Optional;
import orders.application.dispatch.LogContext;
import orders.application.port.TraceContext;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.MDC;

/// Around everything else: names each request, in its answer and in whatever its thread logs, and
/// tells of every answer.
final class ObservedRequests extends Handler.Wrapper {
  private static final String REQUEST_ID = "request_id";

  private final RequestMonitor monitor;

  ObservedRequests(RequestMonitor monitor) {
    this.monitor = monitor;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String id = RequestIds.next();
    Optional<TraceContext> trace =
        TraceParent.parse(request.getHeaders().getValuesList(TraceParent.HEADER));
    ObservedRequest observed = new ObservedRequest(id, trace);
    request.setAttribute(ObservedRequest.ATTRIBUTE, observed);
    response.getHeaders().put(RequestIds.HEADER, id);
    // The request that the server makes to itself is nobody's.
    if (request.getConnectionMetaData().getConnector() instanceof OrdersConnector) {
      Request.addCompletionListener(
          request, _ -> observed.answered(monitor, request, response.getStatus()));
    }
    MDC.put(REQUEST_ID, id);
    // A request without a trace begins one, by its own name.
    MDC.put(LogContext.TRACE_ID, trace.map(TraceContext::traceIdText).orElse(id));
    try {
      return super.handle(request, response, callback);
    } finally {
      MDC.clear();
    }
  }
}
