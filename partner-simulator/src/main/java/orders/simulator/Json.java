package orders.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/// JSON in snake_case and lower-case enums, read as strictly as Jackson can.
final class Json {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .withCoercionConfig(
              LogicalType.Textual,
              text ->
                  text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
          .build();

  private Json() {}

  static byte[] write(Object view) {
    try {
      return MAPPER.writeValueAsBytes(view);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static ObjectNode tree(Object view) {
    return MAPPER.valueToTree(view);
  }

  /// @throws BadRequest if it is not one JSON object
  static ObjectNode readObject(byte[] document) throws BadRequest {
    return readObject(document, 0, document.length);
  }

  /// @throws BadRequest if it is not one JSON object
  static ObjectNode readObject(byte[] document, int from, int length) throws BadRequest {
    try {
      if (MAPPER.reader().readTree(document, from, length) instanceof ObjectNode object) {
        return object;
      }
    } catch (IOException _) {
      // Said below.
    }
    throw new BadRequest("the body must be one JSON object, with each name once");
  }

  /// @throws BadRequest if `object` is no `type`, saying why
  static <T> T read(ObjectNode object, Class<T> type) throws BadRequest {
    try {
      return MAPPER.treeToValue(object, type);
    } catch (JsonProcessingException e) {
      throw new BadRequest(
          Optional.ofNullable(e.getCause())
              .map(Throwable::getMessage)
              .orElse(e.getOriginalMessage()));
    }
  }

  /// @throws BadRequest if `text` is no JSON value
  static void set(ObjectNode object, String field, String text) throws BadRequest {
    try {
      object.set(field, MAPPER.reader().readTree(text));
    } catch (IOException _) {
      throw new BadRequest("must be a number, true or false");
    }
  }
}
