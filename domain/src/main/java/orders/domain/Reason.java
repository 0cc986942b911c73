package orders.domain;

import java.util.stream.Collectors;

/// Why something was declined or went wrong, for a person to read.
public record Reason(String text) {
  /// In characters (code points).
  public static final int MAX_LENGTH = 500;

  private static final int REPLACEMENT = 0xFFFD;

  public Reason {
    if (!text.equals(storable(text))) {
      throw new IllegalArgumentException("a reason must be storable text; see Reason.of");
    }
  }

  /// A reason from whatever a partner or an exception said: cut to length, and freed of characters
  /// that no database stores. A fault must never be lost because its description is odd.
  public static Reason of(String anything) {
    return new Reason(storable(anything));
  }

  private static String storable(String text) {
    if (text.isBlank()) {
      return "no reason given";
    }
    return text.codePoints()
        .limit(MAX_LENGTH)
        .map(c -> c == 0 || Text.isLoneSurrogate(c) ? REPLACEMENT : c)
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }
}
