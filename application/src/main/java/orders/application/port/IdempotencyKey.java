package orders.application.port;

import java.util.Optional;

/// What a client calls one wish of its own, so that it can send it again without fear.
///
/// @param value 1 to 255 visible ASCII characters
public record IdempotencyKey(String value) {
  private static final int MAX_LENGTH = 255;

  public IdempotencyKey {
    if (!isSound(value)) {
      throw new IllegalArgumentException("a key is 1 to 255 visible ASCII characters");
    }
  }

  public static Optional<IdempotencyKey> parse(String text) {
    return isSound(text) ? Optional.of(new IdempotencyKey(text)) : Optional.empty();
  }

  private static boolean isSound(String text) {
    return !text.isEmpty()
        && text.length() <= MAX_LENGTH
        && text.chars().allMatch(c -> c > ' ' && c < 0x7F);
  }
}
