package orders.http.wire;

import java.util.stream.Collectors;

/// A piece of what a client sent that is fit to be sent back: short, and without characters that
/// cannot be written or would do something to a terminal.
final class Excerpt {
  private static final int MAX_LENGTH = 64;

  private Excerpt() {}

  static String of(String text) {
    String start =
        text.codePoints()
            .limit(MAX_LENGTH)
            .map(c -> isPrintable(c) ? c : '?')
            .mapToObj(Character::toString)
            .collect(Collectors.joining());
    return text.codePointCount(0, text.length()) > MAX_LENGTH ? start + "…" : start;
  }

  private static boolean isPrintable(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED -> false;
      default -> true;
    };
  }
}
