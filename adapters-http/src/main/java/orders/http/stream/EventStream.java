package orders.http.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import orders.http.jetty.ObservedRequest;
import orders.http.wire.Json;

/// One stream of events to one client. What is added goes out with [#send], or before if it is
/// much. For one thread.
final class EventStream {
  static final String MEDIA_TYPE = "text/event-stream";

  /// What goes out is put together here: a larger buffer below would only be kept for each stream.
  private static final int BUFFER_BELOW = 256;

  private static final int MUCH = 16 * 1024;

  private static final byte[] RETRY = "retry: 1000\n\n".getBytes(UTF_8);
  private static final byte[] HEARTBEAT = ": \n\n".getBytes(UTF_8);

  private final OutputStream out;
  private ByteArrayOutputStream added = new ByteArrayOutputStream();

  private EventStream(OutputStream out) {
    this.out = out;
  }

  /// Answers HEAD: sent at once, so that it is not taken for the head of an empty answer.
  static void answerHead(Context context) throws IOException {
    head(context);
    context.res().flushBuffer();
  }

  /// Says that events will follow.
  private static void head(Context context) {
    context
        .status(200)
        .contentType(MEDIA_TYPE)
        .header("Cache-Control", "no-store")
        .header("X-Accel-Buffering", "no");
  }

  static EventStream open(Context context) throws IOException {
    head(context);
    ObservedRequest.goesOn(context);
    context.res().setBufferSize(BUFFER_BELOW);
    var stream = new EventStream(context.res().getOutputStream());
    stream.added.writeBytes(RETRY);
    return stream;
  }

  /// @param id what a client says to go on behind this event
  /// @throws IOException if there is nobody any more
  void add(String id, String type, Object data) throws IOException {
    add(id);
    added.writeBytes(("event: " + type + "\ndata: ").getBytes(UTF_8));
    added.writeBytes(Json.write(data));
    added.writeBytes("\n\n".getBytes(UTF_8));
    if (added.size() > MUCH) {
      send();
    }
  }

  /// Tells where the client is, without an event.
  void addPlace(String id) {
    add(id);
    added.write('\n');
  }

  private void add(String id) {
    added.writeBytes(("id: " + id + "\n").getBytes(UTF_8));
  }

  void addHeartbeat() {
    added.writeBytes(HEARTBEAT);
  }

  int size() {
    return added.size();
  }

  /// Returns when the client, or the network in between, has taken it.
  ///
  /// @throws IOException if there is nobody any more
  void send() throws IOException {
    added.writeTo(out);
    out.flush();
    // Not reset: it would stay as large as it ever was.
    added = new ByteArrayOutputStream(0);
  }
}
