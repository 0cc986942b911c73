package orders.postgres;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The lower-case words that stand for constants in the tables.
final class Words {
  private Words() {}

  static @Nullable String of(@Nullable Enum<?> constant) {
    return constant == null ? null : constant.name().toLowerCase(Locale.ROOT);
  }

  /// @throws IllegalArgumentException if there is no such constant
  static <E extends Enum<E>> E parse(Class<E> type, @Nullable String word) {
    if (word == null) {
      throw new IllegalArgumentException("a " + type.getSimpleName() + " is missing");
    }
    return Enum.valueOf(type, word.toUpperCase(Locale.ROOT));
  }
}
