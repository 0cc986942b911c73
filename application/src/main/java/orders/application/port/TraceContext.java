package orders.application.port;

import java.util.UUID;
import orders.domain.OrderId;

/// What ties together all that is done for one request, here and at partners, as W3C Trace Context
/// has it.
///
/// @param traceId the 16 bytes of the trace id, not all zero
/// @param sampled whether the caller may have recorded its part of the trace
public record TraceContext(UUID traceId, boolean sampled) {
  private static final UUID INVALID = new UUID(0, 0);

  public TraceContext {
    if (traceId.equals(INVALID)) {
      throw new IllegalArgumentException("a trace id is not all zeros");
    }
  }

  /// The trace of an order that came without one: whoever knows the order knows the trace.
  public static TraceContext of(OrderId order) {
    return new TraceContext(order.value(), false);
  }

  /// 32 lowercase hexadecimal digits.
  public String traceIdText() {
    return traceId.toString().replace("-", "");
  }
}
