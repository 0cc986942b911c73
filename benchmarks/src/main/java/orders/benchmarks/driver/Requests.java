package orders.benchmarks.driver;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Requests for `POST /orders`, prepared so that sending one costs nothing but a write. Safe from
/// any thread.
public final class Requests {
  private final List<ByteBuffer> all;

  private Requests(List<ByteBuffer> all) {
    this.all = all;
  }

  /// @param bodies JSON, at least one
  public static Requests of(List<String> bodies) {
    if (bodies.isEmpty()) {
      throw new IllegalArgumentException("there is nothing to send");
    }
    List<ByteBuffer> all = new ArrayList<>();
    for (String body : bodies) {
      byte[] content = body.getBytes(UTF_8);
      byte[] head =
          "POST /orders HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
              .formatted(content.length)
              .getBytes(US_ASCII);
      ByteBuffer request = ByteBuffer.allocateDirect(head.length + content.length);
      all.add(request.put(head).put(content).flip());
    }
    return new Requests(all);
  }

  public int size() {
    return all.size();
  }

  /// @param part which of `parts` threads asks: each begins somewhere else
  Cursor cursor(int part, int parts) {
    return new Cursor(all, part * all.size() / parts);
  }

  /// One after the other, for ever. Not safe for several threads.
  static final class Cursor {
    private final ByteBuffer[] requests;
    private int next;

    private Cursor(List<ByteBuffer> requests, int first) {
      this.requests = requests.stream().map(ByteBuffer::duplicate).toArray(ByteBuffer[]::new);
      this.next = first;
    }

    /// To be sent before the next one is asked for.
    ByteBuffer next() {
      ByteBuffer request = requests[next].rewind();
      next = (next + 1) % requests.length;
      return request;
    }
  }
}
