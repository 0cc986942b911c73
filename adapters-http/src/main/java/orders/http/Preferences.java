package orders.http;

import io.javalin.http.Context;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The `Prefer` header of RFC 7240, of which this server knows `wait`.
final class Preferences {
  /// The longest that a request is held.
  static final Duration MAX_WAIT = Duration.ofSeconds(60);

  private static final Pattern WAIT =
      Pattern.compile("wait\\s*=\\s*\"?(\\d{1,9})\"?", Pattern.CASE_INSENSITIVE);
  private static final Pattern ANY_WAIT = Pattern.compile("wait\\b.*", Pattern.CASE_INSENSITIVE);

  private Preferences() {}

  /// How long the client would wait, at most [#MAX_WAIT]; empty if it did not say.
  ///
  /// @throws RefusedRequest if it said something else than seconds
  static Optional<Duration> maxWait(Context context) {
    for (String header : Collections.list(context.req().getHeaders("Prefer"))) {
      for (String preference : header.split(",", -1)) {
        String withoutParameters = preference.split(";", 2)[0].strip();
        Matcher wait = WAIT.matcher(withoutParameters);
        if (wait.matches()) {
          Duration asked = Duration.ofSeconds(Long.parseLong(wait.group(1)));
          return Optional.of(asked.compareTo(MAX_WAIT) < 0 ? asked : MAX_WAIT);
        }
        if (ANY_WAIT.matcher(withoutParameters).matches()) {
          throw new RefusedRequest(
              ProblemType.MALFORMED_REQUEST, "Prefer: wait must be a whole number of seconds.");
        }
      }
    }
    return Optional.empty();
  }
}
