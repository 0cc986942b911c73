package orders.http.jetty;

import java.nio.ByteBuffer;
import orders.http.wire.Json;
import orders.http.wire.Problem;
import orders.http.wire.ProblemType;
import orders.http.wire.RequestBody;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// The answer to a request that is one too many: given at once, without reading or routing it.
final class Overload {
  private static final Problem PROBLEM =
      Problem.of(
          ProblemType.UNAVAILABLE,
          "The server is handling as many requests as it can. Nothing was changed.");
  private static final byte[] BODY = Json.write(PROBLEM);

  private Overload() {}

  /// Safe from any thread; returns before the answer is sent.
  static void refuse(Request request, Response response, Callback callback) {
    response.setStatus(PROBLEM.status());
    response
        .getHeaders()
        .put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE)
        .put(HttpHeader.CACHE_CONTROL, "no-store")
        .put(HttpHeader.RETRY_AFTER, "1")
        .put(HttpHeader.CONTENT_LENGTH, BODY.length);
    response.write(
        true,
        ByteBuffer.wrap(BODY),
        Callback.from(() -> discard(request, callback, most(request)), callback::failed));
  }

  /// Who asked whether to send a body has been told not to.
  private static long most(Request request) {
    return request.getHeaders().contains(HttpHeader.EXPECT) ? 0 : RequestBody.MAX_DISCARDED;
  }

  /// Reads what the client is still sending, within bounds and on nobody's thread. A connection
  /// that is closed with unread bytes is reset, and the answer may be lost with it.
  private static void discard(Request request, Callback callback, long most) {
    long left = most;
    while (left > 0) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        long rest = left;
        request.demand(() -> discard(request, callback, rest));
        return;
      }
      if (Content.Chunk.isFailure(chunk)) {
        break;
      }
      left -= chunk.remaining();
      chunk.release();
      if (chunk.isLast()) {
        break;
      }
    }
    callback.succeeded();
  }
}
