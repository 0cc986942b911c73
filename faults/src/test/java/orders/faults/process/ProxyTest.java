package orders.faults.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A network before a server that says what it is told, in capitals, and remembers it.
final class ProxyTest {
  private final Queue<String> heard = new ConcurrentLinkedQueue<>();
  private ServerSocket server;
  private Proxy network;

  @BeforeEach
  void start() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::serve);
    network = new Proxy(server.getLocalPort());
  }

  @AfterEach
  void stop() throws IOException {
    network.close();
    server.close();
  }

  private void serve() {
    try {
      while (true) {
        Socket client = server.accept();
        Thread.ofVirtual().start(() -> answer(client));
      }
    } catch (IOException _) {
      // The test is over.
    }
  }

  private void answer(Socket client) {
    try (client) {
      InputStream in = client.getInputStream();
      byte[] buffer = new byte[100];
      for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
        String text = new String(buffer, 0, n, UTF_8);
        heard.add(text);
        client.getOutputStream().write(text.toUpperCase(Locale.ROOT).getBytes(UTF_8));
      }
    } catch (IOException _) {
      // It is gone.
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), network.port());
    socket.setSoTimeout(10_000);
    return socket;
  }

  private static void say(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(UTF_8));
  }

  /// Empty if the connection is closed.
  private static String hear(Socket socket) throws IOException {
    byte[] buffer = new byte[100];
    int n = socket.getInputStream().read(buffer);
    return n < 0 ? "" : new String(buffer, 0, n, UTF_8);
  }

  private static boolean isHungUp(Socket socket) {
    try {
      say(socket, "anybody there?");
      return hear(socket).isEmpty();
    } catch (IOException _) {
      return true;
    }
  }

  @Test
  void aGoodNetworkCarriesEverything() throws IOException {
    try (Socket socket = connect()) {
      say(socket, "hello");
      assertThat(hear(socket)).isEqualTo("HELLO");
    }
  }

  @Test
  void whoeverIsRefusedIsHungUpOnUntilItHeals() throws IOException {
    try (Socket before = connect()) {
      say(before, "hello");
      assertThat(hear(before)).isEqualTo("HELLO");
      network.refuse();
      assertThat(isHungUp(before)).isTrue();
      try (Socket meanwhile = connect()) {
        assertThat(isHungUp(meanwhile)).isTrue();
      }
      network.heal();
      try (Socket after = connect()) {
        say(after, "hello again");
        assertThat(hear(after)).isEqualTo("HELLO AGAIN");
      }
    }
  }

  @Test
  void aLostAnswerIsToWhatWasDone() throws Exception {
    try (Socket socket = connect()) {
      say(socket, "hello");
      assertThat(hear(socket)).isEqualTo("HELLO");
      network.loseAnswers();
      assertThat(isHungUp(socket)).isTrue();
      assertThat(heard).contains("anybody there?");
    }
  }

  @Test
  void whatIsHeldUpArrivesInTheEndEvenIfItsSenderHasGone() throws Exception {
    Socket gone = connect();
    try (Socket patient = connect()) {
      say(patient, "hello");
      assertThat(hear(patient)).isEqualTo("HELLO");
      network.stall();
      say(patient, "late");
      say(gone, "last words");
      gone.close();
      patient.setSoTimeout(100);
      assertThatThrownBy(() -> hear(patient)).isInstanceOf(SocketTimeoutException.class);
      assertThat(heard).doesNotContain("late", "last words");
      network.heal();
      patient.setSoTimeout(10_000);
      assertThat(hear(patient)).isEqualTo("LATE");
      Patience.until(() -> heard.contains("last words"), () -> "the last words");
    }
  }
}
