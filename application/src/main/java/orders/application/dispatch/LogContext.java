package orders.application.dispatch;

import orders.application.port.TraceContext;
import orders.domain.OrderId;
import org.slf4j.MDC;

/// Has every line that a thread logs say which order it is about, and to which trace it belongs.
public final class LogContext {
  public static final String ORDER_ID = "order_id";
  public static final String TRACE_ID = "trace_id";

  private LogContext() {}

  /// From now on, until [#leave]; whoever gave the thread its task leaves it clean too.
  public static void enter(OrderId order, TraceContext trace) {
    MDC.put(ORDER_ID, order.toString());
    MDC.put(TRACE_ID, trace.traceIdText());
  }

  public static void leave() {
    MDC.remove(ORDER_ID);
    MDC.remove(TRACE_ID);
  }
}
