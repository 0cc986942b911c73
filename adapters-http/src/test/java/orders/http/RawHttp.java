package orders.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/// Sends bytes that no HTTP client would.
final class RawHttp {
  private static final int PATIENCE_MILLIS = 20_000;

  private RawHttp() {}

  /// Sends a request of headers alone on a connection that is closed after its answer.
  static String exchange(TestServer server, String head) {
    return send(server, head + "Connection: close\r\n\r\n");
  }

  /// Sends `bytes` as they are, says that no more will follow, and reads all that comes back; empty
  /// if the connection was just closed.
  static String send(TestServer server, String bytes) {
    URI uri = server.uri("/");
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
      socket.shutdownOutput();
      String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      RawExchange.check(bytes, answers);
      return answers;
    } catch (SocketException _) {
      // Reset: closed by the server while bytes were still under way.
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Whether nobody listens any more.
  static boolean isRefused(TestServer server) {
    URI uri = server.uri("/");
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
      return false;
    } catch (IOException _) {
      return true;
    }
  }
}
