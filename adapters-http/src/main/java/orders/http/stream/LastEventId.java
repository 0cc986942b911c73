package orders.http.stream;

import io.javalin.http.Context;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import orders.application.port.FeedPosition;
import orders.domain.OrderId;
import orders.http.wire.ProblemType;
import orders.http.wire.RefusedRequest;

/// The `Last-Event-ID` header: where a client wants a stream to go on.
final class LastEventId {
  private static final String NAME = "Last-Event-ID";

  private static final Pattern NUMBER = Pattern.compile("0|[1-9]\\d{0,9}");

  /// Bytes of a place: time, turn, order, number.
  private static final int BYTES = Long.BYTES + Long.BYTES + 2 * Long.BYTES + Integer.BYTES;

  private LastEventId() {}

  /// The number of an event of an order; 0 if none was named.
  ///
  /// @throws RefusedRequest if it is no number
  static long number(Context context) {
    return text(context)
        .map(text -> {
          if (!NUMBER.matcher(text).matches()) {
            throw malformed();
          }
          return Long.parseLong(text);
        })
        .orElse(0L);
  }

  /// A place in the feed of all events; empty if none was named.
  ///
  /// @throws RefusedRequest if it is none
  static Optional<FeedPosition> place(Context context) {
    return text(context).map(text -> parse(text).orElseThrow(LastEventId::malformed));
  }

  /// A place as clients are given it.
  static String of(FeedPosition place) {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES);
    bytes.putLong(ChronoUnit.MICROS.between(Instant.EPOCH, place.since()));
    bytes.putLong(place.turn());
    bytes.putLong(place.order().value().getMostSignificantBits());
    bytes.putLong(place.order().value().getLeastSignificantBits());
    bytes.putInt(Math.toIntExact(place.seq()));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  private static Optional<FeedPosition> parse(String text) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text);
      return bytes.length == BYTES ? Optional.of(read(ByteBuffer.wrap(bytes))) : Optional.empty();
    } catch (IllegalArgumentException | DateTimeException | ArithmeticException _) {
      return Optional.empty();
    }
  }

  private static FeedPosition read(ByteBuffer bytes) {
    Instant since = Instant.EPOCH.plus(bytes.getLong(), ChronoUnit.MICROS);
    long turn = bytes.getLong();
    OrderId order = new OrderId(new UUID(bytes.getLong(), bytes.getLong()));
    return new FeedPosition(since, turn, order, bytes.getInt());
  }

  private static Optional<String> text(Context context) {
    List<String> values = Collections.list(context.req().getHeaders(NAME));
    if (values.size() > 1) {
      throw malformed();
    }
    return values.stream().findFirst();
  }

  static RefusedRequest malformed() {
    return new RefusedRequest(
        ProblemType.MALFORMED_REQUEST, "Last-Event-ID must be the id of an event of this stream.");
  }
}
