package orders.postgres;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The text of a one-dimensional array, as PostgreSQL reads it: where several arrays of different
/// lengths are the values of one column.
final class ArrayText {
  private ArrayText() {}

  /// One array with `column` of every row.
  ///
  /// All text is in quotes, so that it may hold any characters and be the word NULL; within quotes
  /// two characters have a meaning.
  static <R> String of(List<R> rows, Parameters.Column<R> column) {
    StringBuilder text = new StringBuilder("{");
    for (R row : rows) {
      if (text.length() > 1) {
        text.append(',');
      }
      append(text, column.of(row));
    }
    return text.append('}').toString();
  }

  private static void append(StringBuilder text, @Nullable Object element) {
    if (element == null) {
      text.append("NULL");
      return;
    }
    if (element instanceof Number) {
      text.append(element);
      return;
    }
    String value = element.toString();
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\');
      }
      text.append(c);
    }
    text.append('"');
  }
}
