package orders.http.wire;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpException;
import org.jspecify.annotations.Nullable;

/// Reads the JSON body of a request, within bounds.
public final class RequestBody {
  public static final int MAX_BYTES = 256 * 1024;

  /// The most that is read of a body that is refused anyway.
  public static final int MAX_DISCARDED = 4 * MAX_BYTES;

  private static final Pattern JSON_TYPE =
      Pattern.compile(
          "application/json\\s*(;\\s*charset\\s*=\\s*\"?utf-8\"?\\s*)?", Pattern.CASE_INSENSITIVE);

  private RequestBody() {}

  /// @throws RefusedRequest if it is not JSON by its type, is compressed, too large, cut short, or
  ///   not JSON by its content
  public static JsonNode json(Context context) {
    HttpServletRequest request = context.req();
    requireJsonType(Collections.list(request.getHeaders("Content-Type")));
    requireNoEncoding(Collections.list(request.getHeaders("Content-Encoding")));
    return parse(read(request));
  }

  /// One header, or a proxy in front might go by the other.
  private static void requireJsonType(List<String> contentTypes) {
    if (contentTypes.size() != 1 || !JSON_TYPE.matcher(contentTypes.getFirst().strip()).matches()) {
      throw new RefusedRequest(
          ProblemType.UNSUPPORTED_MEDIA_TYPE, "The body must be application/json in UTF-8.");
    }
  }

  /// A few compressed bytes can become gigabytes.
  private static void requireNoEncoding(List<String> encodings) {
    if (!encodings.stream().map(String::strip).allMatch("identity"::equalsIgnoreCase)) {
      throw new RefusedRequest(
          ProblemType.UNSUPPORTED_MEDIA_TYPE, "The body must not be compressed.");
    }
  }

  private static byte[] read(HttpServletRequest request) {
    if (request.getContentLengthLong() > MAX_BYTES) {
      throw tooLarge();
    }
    try {
      byte[] body = request.getInputStream().readNBytes(MAX_BYTES + 1);
      if (body.length > MAX_BYTES) {
        throw tooLarge();
      }
      return body;
    } catch (IOException | HttpException.RuntimeException e) {
      throw isTooSlow(e)
          ? new RefusedRequest(ProblemType.REQUEST_TIMEOUT, "The body came too slowly.")
          : new RefusedRequest(
              ProblemType.MALFORMED_REQUEST, "The body could not be read to its end.");
    }
  }

  private static boolean isTooSlow(@Nullable Throwable failure) {
    return failure != null
        && (failure instanceof TimeoutException || isTooSlow(failure.getCause()));
  }

  /// Reads what is left, within bounds. A connection that is closed with unread bytes is reset, and
  /// a client that is still sending would never learn why it was refused.
  public static void discard(Context context) {
    HttpServletRequest request = context.req();
    if (request.getHeader("Expect") != null || request.getContentLengthLong() > MAX_DISCARDED) {
      return;
    }
    try {
      InputStream body = request.getInputStream();
      byte[] buffer = new byte[8 * 1024];
      int left = MAX_DISCARDED;
      for (int read = 0; read >= 0 && left > 0; left -= read) {
        read = body.read(buffer);
      }
    } catch (IOException | HttpException.RuntimeException _) {
      // Whatever is wrong with the rest, the client is being refused already.
    }
  }

  private static RefusedRequest tooLarge() {
    return new RefusedRequest(
        ProblemType.TOO_LARGE, "The body must be at most " + MAX_BYTES + " bytes.");
  }

  private static JsonNode parse(byte[] body) {
    try {
      return Json.read(body);
    } catch (JsonProcessingException e) {
      // Not the parser's message, which quotes the input.
      JsonLocation at = e.getLocation();
      String where =
          at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
      throw new RefusedRequest(
          ProblemType.MALFORMED_REQUEST,
          "The body is not one JSON document in UTF-8 with each name once, of modest depth"
              + where
              + ".");
    }
  }
}
