package orders.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static orders.application.fake.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import orders.application.fake.ScriptedPartner;
import org.junit.jupiter.api.Test;

/// A connection that was open before the server began to stop.
final class StoppingTest {
  private static List<String> ask(Socket socket, BufferedReader answers) throws IOException {
    socket.getOutputStream().write("GET /orders HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(ISO_8859_1));
    List<String> head = new ArrayList<>();
    for (String line = answers.readLine(); line != null && !line.isEmpty(); ) {
      head.add(line);
      line = answers.readLine();
    }
    return head;
  }

  @Test
  void isAnsweredOnceMoreAndToldToGo() throws Exception {
    Semaphore gate = new Semaphore(0);
    try (TestServer server = new TestServer()) {
      server.partner.answers(call -> {
        gate.acquireUninterruptibly();
        return ScriptedPartner.done(call);
      });
      String id = server.place();
      URI uri = server.uri("/");
      try (Socket socket = new Socket(uri.getHost(), uri.getPort());
          BufferedReader answers =
              new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1))) {
        socket.setSoTimeout(20_000);
        CompletableFuture<TestServer.Answer> held =
            CompletableFuture.supplyAsync(
                () -> server.get("/orders/" + id, "Prefer", "wait=60"),
                task -> Thread.ofVirtual().start(task));
        eventually("the request is held", server.node.watch::isWatched);
        Thread stopping = Thread.ofVirtual().start(server.http::stop);
        eventually("no new connection is taken", () -> RawHttp.isRefused(server));
        List<String> answer = ask(socket, answers);
        assertThat(answer.getFirst()).startsWith("HTTP/1.1 200 ");
        assertThat(answer).contains("Connection: close");
        gate.release(3);
        assertThat(held.join().status()).isEqualTo(200);
        stopping.join();
      }
    }
  }
}
