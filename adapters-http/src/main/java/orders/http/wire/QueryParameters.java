package orders.http.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import orders.http.wire.Problem.Violation;

/// Takes the parameters of a query one by one, notes what is wrong with each, and in the end what
/// nobody asked for: a misspelt filter that is ignored would show everything.
final class QueryParameters {
  private final Map<String, List<String>> parameters;
  private final List<Violation> violations = new ArrayList<>();
  private final Set<String> known = new HashSet<>();

  QueryParameters(Context context) {
    this.parameters = decoded(context);
  }

  /// Not Javalin's map, which silently leaves out what is badly encoded, and with it a filter.
  private static Map<String, List<String>> decoded(Context context) {
    Map<String, List<String>> decoded = new LinkedHashMap<>();
    String query = Objects.requireNonNullElse(context.queryString(), "");
    for (String parameter : query.split("&", -1)) {
      int equals = parameter.indexOf('=');
      if (!parameter.isEmpty()) {
        String name = equals < 0 ? parameter : parameter.substring(0, equals);
        String value = equals < 0 ? "" : parameter.substring(equals + 1);
        decoded.computeIfAbsent(decode(name), _ -> new ArrayList<>()).add(decode(value));
      }
    }
    return decoded;
  }

  private static String decode(String encoded) {
    try {
      byte[] bytes = URLDecoder.decode(encoded, ISO_8859_1).getBytes(ISO_8859_1);
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (IllegalArgumentException | CharacterCodingException _) {
      throw new RefusedRequest(
          ProblemType.MALFORMED_REQUEST, "The query is not percent-encoded UTF-8.");
    }
  }

  /// @param parser empty for a text that is no value
  /// @param rule what the value must be, as the end of a sentence
  <T> Optional<T> take(String name, Function<String, Optional<T>> parser, String rule) {
    known.add(name);
    List<String> values = parameters.getOrDefault(name, List.of());
    if (values.size() > 1) {
      violations.add(Violation.of(name, "must be given once"));
      return Optional.empty();
    }
    return values.stream()
        .findFirst()
        .flatMap(text -> {
          Optional<T> value = parser.apply(text);
          if (value.isEmpty()) {
            violations.add(Violation.of(name, rule));
          }
          return value;
        });
  }

  /// The query once more, with `name` set to `value`.
  String with(String name, String value) {
    return Stream.concat(
            parameters.entrySet().stream()
                .filter(parameter -> !parameter.getKey().equals(name))
                .map(parameter -> encoded(parameter.getKey(), parameter.getValue().getFirst())),
            Stream.of(encoded(name, value)))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String name, String value) {
    return URLEncoder.encode(name, UTF_8) + "=" + URLEncoder.encode(value, UTF_8);
  }

  /// To be called after the last parameter was taken.
  ///
  /// @throws RefusedRequest naming all that was wrong
  void refuseViolations() {
    parameters.keySet().stream()
        .filter(name -> !known.contains(name))
        .limit(known.size() + 10L)
        .forEach(
            name -> violations.add(Violation.of(Excerpt.of(name), "is not a known parameter")));
    if (!violations.isEmpty()) {
      throw new RefusedRequest(
          ProblemType.MALFORMED_REQUEST, "The query is wrong.", List.copyOf(violations));
    }
  }
}
