package orders.http.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import orders.domain.Text;

/// Takes the fields of a JSON object one by one, notes what is wrong with each, and in the end what
/// nobody asked for. A null counts as absent.
final class ObjectFields {
  private final JsonNode object;
  private final String pointer;
  private final Violations violations;
  private final Set<String> known = new HashSet<>();

  /// @param pointer where the object is, as a JSON pointer
  ObjectFields(JsonNode object, String pointer, Violations violations) {
    this.object = object;
    this.pointer = pointer;
    this.violations = violations;
  }

  /// The body of a request.
  ///
  /// @throws RefusedRequest if it is not an object
  static ObjectFields of(JsonNode body, Violations violations) {
    if (!body.isObject()) {
      throw new RefusedRequest(ProblemType.MALFORMED_REQUEST, "The body must be a JSON object.");
    }
    return new ObjectFields(body, "", violations);
  }

  /// Whether there is anything under that name.
  boolean has(String name) {
    return object.hasNonNull(name);
  }

  <T> Optional<T> requiredText(String name, Function<String, T> type) {
    requirePresence(name);
    return optionalText(name, type);
  }

  <T> Optional<T> optionalText(String name, Function<String, T> type) {
    return take(name).flatMap(value -> text(name, value)).map(type);
  }

  private Optional<String> text(String name, JsonNode value) {
    if (!value.isTextual()) {
      violations.add(at(name), "must be a string");
      return Optional.empty();
    }
    String text = value.textValue();
    Optional<String> flaw = Text.flaw(text);
    flaw.ifPresent(detail -> violations.add(at(name), detail));
    return flaw.isPresent() ? Optional.empty() : Optional.of(text);
  }

  /// @param least and `most`, both inclusive
  Optional<Long> requiredInteger(String name, long least, long most) {
    requirePresence(name);
    return take(name)
        .filter(value -> {
          boolean fits =
              value.isIntegralNumber()
                  && value.canConvertToLong()
                  && value.longValue() >= least
                  && value.longValue() <= most;
          if (!fits) {
            violations.add(at(name), "must be an integer from " + least + " to " + most);
          }
          return fits;
        })
        .map(JsonNode::longValue);
  }

  Optional<JsonNode> requiredArray(String name, int most) {
    requirePresence(name);
    return take(name)
        .filter(value -> {
          boolean fits = value.isArray() && !value.isEmpty() && value.size() <= most;
          if (!fits) {
            violations.add(at(name), "must be an array of 1 to " + most + " items");
          }
          return fits;
        });
  }

  /// To be called after the last field was taken.
  void refuseOthers() {
    object
        .fieldNames()
        .forEachRemaining(name -> {
          if (!known.contains(name)) {
            violations.add(at(name), "is not a known field");
          }
        });
  }

  private void requirePresence(String name) {
    JsonNode value = object.get(name);
    if (value == null || value.isNull()) {
      violations.add(at(name), "is required");
    }
  }

  private Optional<JsonNode> take(String name) {
    known.add(name);
    return Optional.ofNullable(object.get(name)).filter(value -> !value.isNull());
  }

  private String at(String name) {
    return pointer + "/" + Excerpt.of(name).replace("~", "~0").replace("/", "~1");
  }
}
