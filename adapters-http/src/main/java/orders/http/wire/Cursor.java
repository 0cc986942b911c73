package orders.http.wire;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import orders.application.port.OrderQueries.Position;
import orders.domain.OrderId;

/// A place in the list as text that clients pass back without looking into it.
public final class Cursor {
  private static final byte FORMAT = 1;
  private static final int SIZE = Byte.BYTES + 3 * Long.BYTES;

  /// The last moment that a time of RFC 3339 can name.
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

  private Cursor() {}

  public static String of(Position position) {
    UUID id = position.id().value();
    byte[] bytes =
        ByteBuffer.allocate(SIZE)
            .put(FORMAT)
            .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, position.createdAt()))
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits())
            .array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  public static Optional<Position> parse(String text) {
    byte[] decoded;
    try {
      decoded = Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
    if (decoded.length != SIZE || decoded[0] != FORMAT) {
      return Optional.empty();
    }
    ByteBuffer bytes = ByteBuffer.wrap(decoded, 1, SIZE - 1);
    Instant createdAt = Instant.EPOCH.plus(bytes.getLong(), ChronoUnit.MICROS);
    if (createdAt.isBefore(Instant.EPOCH) || createdAt.isAfter(LATEST)) {
      return Optional.empty();
    }
    OrderId id = new OrderId(new UUID(bytes.getLong(), bytes.getLong()));
    // Base64 has several texts for the same bytes; only ours was ever given out.
    return Optional.of(new Position(createdAt, id)).filter(place -> of(place).equals(text));
  }
}
