package orders.domain;

import java.util.Optional;

/// The rule for every piece of text an order carries.
///
/// PostgreSQL cannot hold U+0000, and half of a surrogate pair is no character at all: a driver
/// would silently store another one in its place. The bound keeps indexed text far below what an
/// index row can hold.
public final class Text {
  /// In characters (code points), not bytes.
  public static final int MAX_LENGTH = 256;

  private Text() {}

  /// What is wrong with `text`, as the end of a sentence that begins with its name; empty if
  /// nothing is.
  public static Optional<String> flaw(String text) {
    if (text.isBlank()) {
      return Optional.of("must not be blank");
    }
    if (text.codePointCount(0, text.length()) > MAX_LENGTH) {
      return Optional.of("must be at most " + MAX_LENGTH + " characters");
    }
    if (text.indexOf('\u0000') >= 0) {
      return Optional.of("must not contain U+0000");
    }
    if (text.codePoints().anyMatch(Text::isLoneSurrogate)) {
      return Optional.of("must not contain half of a surrogate pair");
    }
    return Optional.empty();
  }

  static String required(String name, String text) {
    flaw(text)
        .ifPresent(flaw -> {
          throw new IllegalArgumentException(name + " " + flaw);
        });
    return text;
  }

  static boolean isLoneSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }
}
