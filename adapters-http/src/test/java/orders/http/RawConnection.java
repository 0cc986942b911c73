package orders.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A connection on which a test sends whatever bytes it likes. For one thread.
final class RawConnection implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Socket socket;
  private final InputStream input;
  private String unanswered = "";

  RawConnection(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout((int) PATIENCE.toMillis());
    input = new BufferedInputStream(socket.getInputStream());
  }

  /// Sends `text`, one byte for each character. A server that hung up already is no fault.
  RawConnection send(String text) throws IOException {
    return send(text.getBytes(ISO_8859_1));
  }

  RawConnection send(byte[] bytes) throws IOException {
    unanswered += new String(bytes, ISO_8859_1);
    try {
      socket.getOutputStream().write(bytes);
    } catch (SocketException _) {
      // The answer, if there is one, tells why.
    }
    return this;
  }

  /// Says that no more will be sent.
  RawConnection finish() throws IOException {
    try {
      socket.shutdownOutput();
    } catch (SocketException _) {
      // As above.
    }
    return this;
  }

  /// The next answer to a request other than HEAD; empty if the server hung up instead.
  Optional<RawAnswer> read() throws IOException {
    Optional<RawAnswer> head = readHead();
    if (head.isEmpty()) {
      return head;
    }
    RawAnswer answer = new RawAnswer(head.get().status(), head.get().headers(), body(head.get()));
    if (answer.status() >= 200) {
      RawExchange.check(unanswered, answer);
      // What else was sent may be a request of its own, or the rest of this one.
      unanswered = "";
    }
    return Optional.of(answer);
  }

  /// The next answer without what follows its headers; empty if the server hung up instead.
  Optional<RawAnswer> readHead() throws IOException {
    String statusLine = line();
    if (statusLine.isEmpty()) {
      return Optional.empty();
    }
    Map<String, List<String>> headers = new TreeMap<>();
    for (String header = line(); !header.isEmpty(); header = line()) {
      int colon = header.indexOf(':');
      headers
          .computeIfAbsent(
              header.substring(0, colon).toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
          .add(header.substring(colon + 1).strip());
    }
    int status = Integer.parseInt(statusLine.substring(9, 12));
    return Optional.of(new RawAnswer(status, headers, ""));
  }

  /// Whatever the server sends until it hangs up.
  String readToEnd() throws IOException {
    try {
      return new String(input.readAllBytes(), UTF_8);
    } catch (SocketException _) {
      return "";
    }
  }

  private String body(RawAnswer head) throws IOException {
    if (head.status() < 200 || head.status() == 204 || head.status() == 304) {
      return "";
    }
    if (head.header("Content-Length").isPresent()) {
      int length = Integer.parseInt(head.header("Content-Length").get());
      return new String(input.readNBytes(length), UTF_8);
    }
    return readToEnd();
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try {
      for (int next = input.read(); next >= 0 && next != '\n'; next = input.read()) {
        if (next != '\r') {
          line.write(next);
        }
      }
    } catch (SocketException _) {
      return "";
    }
    return line.toString(ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
