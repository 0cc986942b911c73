package orders.partners;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// A partner that answers each request with whatever bytes a test likes, then hangs up. Keeps what
/// it was sent, byte for byte.
final class RawPartner implements AutoCloseable {
  /// What was asked, one character for each byte.
  record Asked(String head, String body) {
    String requestLine() {
      return head.lines().findFirst().orElse("");
    }

    /// The values of all headers of this name.
    List<String> header(String name) {
      return Pattern.compile("(?i)\r\n" + Pattern.quote(name) + ":[ \t]*(.*?)(?=\r\n)")
          .matcher(head)
          .results()
          .map(match -> match.group(1))
          .toList();
    }

    byte[] bytes() {
      return body.getBytes(ISO_8859_1);
    }
  }

  /// How it answers. An exception of the socket ends the connection, and nothing else.
  @FunctionalInterface
  interface Script {
    void answer(Socket socket) throws IOException;
  }

  private final ServerSocket listening;
  private final Script script;
  private final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();
  private final CountDownLatch hungUp = new CountDownLatch(1);

  RawPartner(Script script) throws IOException {
    this.script = script;
    listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  /// One that always gives this answer.
  static RawPartner answering(String answer) throws IOException {
    return new RawPartner(socket -> socket.getOutputStream().write(answer.getBytes(UTF_8)));
  }

  /// A whole answer.
  static String answer(String status, String headers, String body) {
    return "HTTP/1.1 %s\r\nConnection: close\r\nContent-Length: %d\r\n%s\r\n%s"
        .formatted(status, body.getBytes(UTF_8).length, headers, body);
  }

  PartnerAddress address(String path) {
    return PartnerAddress.parse("http://127.0.0.1:" + listening.getLocalPort() + path)
        .orElseThrow();
  }

  /// What it was asked next; waits for it.
  Asked asked() throws InterruptedException {
    Asked next = asked.poll(30, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("it was not asked");
    }
    return next;
  }

  boolean wasAskedMore() {
    return !asked.isEmpty();
  }

  /// For scripts: sends no more, until the other side hangs up.
  void awaitHangUp(Socket socket) throws IOException {
    try (socket) {
      socket.setSoTimeout(60_000);
      if (socket.getInputStream().read() < 0) {
        hungUp.countDown();
      }
    } catch (SocketException _) {
      // Reset.
      hungUp.countDown();
    }
  }

  /// Whether the other side hung up on a script that waits for that, or does soon.
  boolean wasHungUpOn() throws InterruptedException {
    return hungUp.await(30, TimeUnit.SECONDS);
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket socket = listening.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException _) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      asked.add(read(socket.getInputStream()));
      script.answer(socket);
    } catch (SocketException _) {
      // The other side is gone.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Asked read(InputStream input) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = input.read();
      if (next < 0) {
        throw new SocketException("hung up");
      }
      head.write(next);
    }
    Asked asked = new Asked(head.toString(ISO_8859_1), "");
    List<String> length = asked.header("Content-Length");
    byte[] body = input.readNBytes(length.isEmpty() ? 0 : Integer.parseInt(length.getFirst()));
    return new Asked(asked.head(), new String(body, ISO_8859_1));
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
