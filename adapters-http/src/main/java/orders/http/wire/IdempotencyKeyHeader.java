package orders.http.wire;

import io.javalin.http.Context;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import orders.application.port.IdempotencyKey;

/// The `Idempotency-Key` header. A client that sends one counts on it: one that cannot be honoured
/// is refused, since to ignore it could double an order.
public final class IdempotencyKeyHeader {
  private static final String NAME = "Idempotency-Key";

  private IdempotencyKeyHeader() {}

  public static boolean isIn(Context context) {
    return context.req().getHeader(NAME) != null;
  }

  /// @throws RefusedRequest if it is there, but is not one key
  public static Optional<IdempotencyKey> of(Context context) {
    List<String> values = Collections.list(context.req().getHeaders(NAME));
    if (values.size() > 1) {
      throw refused(NAME + " must be given once.");
    }
    return values.stream().findFirst().map(IdempotencyKeyHeader::parsed);
  }

  private static IdempotencyKey parsed(String value) {
    return IdempotencyKey.parse(value)
        .orElseThrow(
            () -> refused(NAME + " must be 1 to 255 visible ASCII characters, without spaces."));
  }

  private static RefusedRequest refused(String detail) {
    return new RefusedRequest(ProblemType.MALFORMED_REQUEST, detail);
  }
}
