package orders.http.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// JSON as it goes over the wire: snake_case, lowercase enums, times in microseconds; strict when
/// read.
public final class Json {
  private static final int MAX_DEPTH = 32;
  private static final int MAX_NUMBER_LENGTH = 100;

  private static final DateTimeFormatter MICROSECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /// What Jackson lets pass by default is refused: the last of two equal names, whatever follows
  /// the document, and UTF-16 and UTF-32.
  ///
  /// Its buffers are shared. By default each thread keeps its own, 16 KB of them: here that is each
  /// request, and each stream for as long as it lasts.
  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .disable(JsonFactory.Feature.CHARSET_DETECTION)
                  .recyclerPool(JsonRecyclerPools.newConcurrentDequePool())
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxNumberLength(MAX_NUMBER_LENGTH)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .build();

  private static final ObjectReader READER = MAPPER.reader();
  private static final ObjectWriter WRITER = MAPPER.writer();

  private Json() {}

  /// @throws JsonProcessingException if it is not one JSON document within the bounds
  public static JsonNode read(byte[] document) throws JsonProcessingException {
    try {
      requireUtf8(document);
      return READER.readTree(document);
    } catch (JsonProcessingException e) {
      throw e;
    } catch (IOException e) {
      // Bytes in memory cannot fail to be read, but they can fail to be UTF-8.
      throw new InvalidEncoding(e);
    }
  }

  /// Jackson alone would read overlong forms, such as C0 AF for a slash, and store what nobody
  /// sent.
  private static void requireUtf8(byte[] document) throws CharacterCodingException {
    UTF_8.newDecoder().decode(ByteBuffer.wrap(document));
  }

  public static byte[] write(Object view) {
    try {
      return WRITER.writeValueAsBytes(view);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static String time(Instant time) {
    return MICROSECONDS.format(time);
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static final class InvalidEncoding extends JsonProcessingException {
    private static final long serialVersionUID = 1;

    private InvalidEncoding(IOException cause) {
      super("invalid encoding", cause);
    }
  }
}
