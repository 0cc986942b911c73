package orders.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.TestInstance;

/// A client that sends all before it reads learns why it was refused. Closing a connection with
/// unread bytes would reset it, and the answer would be lost on the way.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RefusedBodyTest {
  private static final int TIMES = 20;
  private static final String POST = "POST /orders HTTP/1.1\r\nHost: x\r\nConnection: close\r\n";
  private static final String JSON = "Content-Type: application/json\r\n";
  private static final String BODY = " ".repeat(600_000);

  private final TestServer server = new TestServer();

  @AfterAll
  void stop() {
    server.close();
  }

  private String sent(String headers) {
    return RawHttp.send(
        server, POST + headers + "Content-Length: " + BODY.length() + "\r\n\r\n" + BODY);
  }

  @RepeatedTest(TIMES)
  void forItsLength() {
    assertThat(sent(JSON)).startsWith("HTTP/1.1 413 ");
  }

  @RepeatedTest(TIMES)
  void forItsLengthInChunks() {
    String chunk = Integer.toHexString(BODY.length()) + "\r\n" + BODY + "\r\n";
    String request = POST + JSON + "Transfer-Encoding: chunked\r\n\r\n" + chunk + "0\r\n\r\n";
    assertThat(RawHttp.send(server, request)).startsWith("HTTP/1.1 413 ");
  }

  @RepeatedTest(TIMES)
  void forItsType() {
    assertThat(sent("Content-Type: text/plain\r\n")).startsWith("HTTP/1.1 415 ");
  }
}
