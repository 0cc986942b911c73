package orders.http.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Takes headers apart that may hold quoted text.
public final class HeaderParts {
  private HeaderParts() {}

  /// The parts of `text` between separators, those within quotes aside; empty if a quote has no
  /// end.
  public static Optional<List<String>> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    boolean quoted = false;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (quoted && c == '\\') {
        i++;
      } else if (!quoted && c == separator) {
        parts.add(text.substring(start, i));
        start = i + 1;
      }
    }
    parts.add(text.substring(start));
    return quoted ? Optional.empty() : Optional.of(parts);
  }

  /// What stands between the quotes of `text`; `text` itself if it has none around it.
  public static String unquoted(String text) {
    boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
    return quoted ? text.substring(1, text.length() - 1).replaceAll("\\\\(.)", "$1") : text;
  }
}
