package orders.http.wire;

import io.javalin.http.Context;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The `Prefer` header of RFC 7240, of which this server knows `wait`.
public final class Preferences {
  /// The longest that a request is held.
  public static final Duration MAX_WAIT = Duration.ofSeconds(60);

  private static final Pattern SECONDS = Pattern.compile("(\\d{1,9})|\"(\\d{1,9})\"");

  private Preferences() {}

  /// How long the client would wait, at most [#MAX_WAIT]; empty if it did not say.
  ///
  /// @throws RefusedRequest if it said something else than seconds
  public static Optional<Duration> maxWait(Context context) {
    for (String header : Collections.list(context.req().getHeaders("Prefer"))) {
      for (String preference : parts(header, ',')) {
        String[] parts = parts(preference, ';').getFirst().split("=", 2);
        if (parts[0].strip().equalsIgnoreCase("wait")) {
          // Said twice, the first counts.
          return Optional.of(wait(parts.length == 1 ? "" : parts[1].strip()));
        }
      }
    }
    return Optional.empty();
  }

  private static Duration wait(String value) {
    Matcher seconds = SECONDS.matcher(value);
    if (!seconds.matches()) {
      throw malformed("Prefer: wait must be a whole number of seconds.");
    }
    String digits = seconds.group(1) == null ? seconds.group(2) : seconds.group(1);
    Duration asked = Duration.ofSeconds(Long.parseLong(digits));
    return asked.compareTo(MAX_WAIT) < 0 ? asked : MAX_WAIT;
  }

  private static List<String> parts(String text, char separator) {
    return HeaderParts.split(text, separator)
        .orElseThrow(() -> malformed("Prefer holds a quote without an end."));
  }

  private static RefusedRequest malformed(String detail) {
    return new RefusedRequest(ProblemType.MALFORMED_REQUEST, detail);
  }
}
