package orders.http.jetty;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import orders.application.port.TraceContext;

/// The header by which a client has this server go on with its trace, as W3C Trace Context has it.
final class TraceParent {
  static final String HEADER = "traceparent";

  /// Versions to come may add something at the end; `ff` will never be one.
  private static final Pattern VALUE =
      Pattern.compile("(00|(?!ff)[0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");

  private static final long NONE = 0;
  private static final int SAMPLED = 1;
  private static final int LENGTH = 55;
  private static final int HALF = 16;

  private TraceParent() {}

  /// The trace that `headers` name; empty if they name none, or not as they should.
  static Optional<TraceContext> parse(List<String> headers) {
    if (headers.size() != 1 || headers.getFirst().length() < LENGTH) {
      return Optional.empty();
    }
    Matcher parts = VALUE.matcher(headers.getFirst());
    if (!parts.matches() || (parts.group(1).equals("00") && parts.group(5) != null)) {
      return Optional.empty();
    }
    String trace = parts.group(2);
    UUID id = new UUID(bits(trace.substring(0, HALF)), bits(trace.substring(HALF)));
    boolean named = id.getMostSignificantBits() != NONE || id.getLeastSignificantBits() != NONE;
    if (!named || bits(parts.group(3)) == NONE) {
      return Optional.empty();
    }
    boolean sampled = (bits(parts.group(4)) & SAMPLED) != 0;
    return Optional.of(new TraceContext(id, sampled));
  }

  private static long bits(String digits) {
    return HexFormat.fromHexDigitsToLong(digits);
  }
}
