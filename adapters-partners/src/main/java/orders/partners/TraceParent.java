package orders.partners;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import orders.application.port.TraceContext;

/// The header by which a partner can go on with an order's trace, as W3C Trace Context has it.
final class TraceParent {
  static final String HEADER = "traceparent";

  private static final HexFormat HEX = HexFormat.of();

  private TraceParent() {}

  /// One call in `trace`, which gets an id of its own.
  static String ofCall(TraceContext trace) {
    // Never all zeros.
    long call = ThreadLocalRandom.current().nextLong() | 1;
    return "00-"
        + trace.traceIdText()
        + "-"
        + HEX.toHexDigits(call)
        + (trace.sampled() ? "-01" : "-00");
  }
}
