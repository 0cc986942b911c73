package orders.http.stream;

import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a client accepts, as RFC 9110 has it; what it says wrongly counts as not said.
final class Accepted {
  private static final Pattern RANGE =
      Pattern.compile("\\s*([^\\s;/]+)/([^\\s;/]+)\\s*(;.*)?", Pattern.DOTALL);
  private static final Pattern QUALITY =
      Pattern.compile(";\\s*q\\s*=\\s*(0(?:\\.\\d{0,3})?|1(?:\\.0{0,3})?)\\s*(?:;.*)?$");

  private final List<Range> ranges;

  private Accepted(List<Range> ranges) {
    this.ranges = ranges;
  }

  /// A range of types, and how much of what may be accepted it is worth.
  private record Range(String type, String subtype, double quality) {
    /// How well it fits: 0 not at all, 3 exactly.
    int fit(String type, String subtype) {
      if (this.type.equals("*")) {
        return this.subtype.equals("*") ? 1 : 0;
      }
      if (!this.type.equals(type)) {
        return 0;
      }
      return this.subtype.equals(subtype) ? 3 : this.subtype.equals("*") ? 2 : 0;
    }
  }

  /// How much somebody wants a type, and how exactly they said so.
  private record Wish(double quality, int fit) {}

  static Accepted by(Context context) {
    List<Range> ranges = new ArrayList<>();
    for (String header : Collections.list(context.req().getHeaders("Accept"))) {
      for (String part : header.toLowerCase(Locale.ROOT).split(",", -1)) {
        Matcher range = RANGE.matcher(part);
        if (range.matches()) {
          ranges.add(new Range(range.group(1), range.group(2), quality(range.group(3))));
        }
      }
    }
    return new Accepted(ranges);
  }

  private static double quality(@Nullable String parameters) {
    Matcher quality = QUALITY.matcher(parameters == null ? "" : parameters);
    return quality.find() ? Double.parseDouble(quality.group(1)) : 1;
  }

  /// Whether events are wanted rather than JSON: more, or as much but by name.
  boolean prefersEvents() {
    Wish events = wish("text", "event-stream");
    Wish json = wish("application", "json");
    return events.quality() > json.quality()
        || (events.quality() > 0
            && events.quality() == json.quality()
            && events.fit() > json.fit());
  }

  /// Whether events are accepted at all.
  boolean includesEvents() {
    return wish("text", "event-stream").quality() > 0;
  }

  private Wish wish(String type, String subtype) {
    if (ranges.isEmpty()) {
      return new Wish(1, 1);
    }
    Wish wish = new Wish(0, 0);
    for (Range range : ranges) {
      int fit = range.fit(type, subtype);
      if (fit > wish.fit()) {
        wish = new Wish(range.quality(), fit);
      }
    }
    return wish;
  }
}
