package orders.benchmarks.driver;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class AnswerParserTest {
  private static final UUID ID = UUID.fromString("01a1fc92-7cd5-7712-8e28-eef0770d1e33");
  private static final byte[] CREATED =
      ("HTTP/1.1 201 Created\r\nDate: Sat, 21 Nov 2026 14:00:00 GMT\r\nlocation: /orders/"
              + ID
              + "\r\nContent-LENGTH:  13\r\n\r\n{\"id\":\"\r\n\r\n\"}")
          .getBytes(US_ASCII);
  private static final byte[] REFUSED =
      "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n".getBytes(US_ASCII);

  private final AnswerParser parser = new AnswerParser();

  @Test
  void anAnswerIsReadHoweverItIsCutInTwo() {
    for (int cut = 0; cut < CREATED.length; cut++) {
      assertThat(parser.take(ByteBuffer.wrap(CREATED, 0, cut))).as("after %d", cut).isFalse();
      assertThat(parser.take(ByteBuffer.wrap(CREATED, cut, CREATED.length - cut))).isTrue();
      assertThat(parser.status()).isEqualTo(201);
      assertThat(parser.hasId()).isTrue();
      assertThat(new UUID(parser.idHigh(), parser.idLow())).isEqualTo(ID);
    }
  }

  @Test
  void anAnswerIsReadByteForByte() {
    for (int i = 0; i < CREATED.length - 1; i++) {
      assertThat(parser.take(ByteBuffer.wrap(CREATED, i, 1))).isFalse();
    }
    assertThat(parser.take(ByteBuffer.wrap(CREATED, CREATED.length - 1, 1))).isTrue();
    assertThat(new UUID(parser.idHigh(), parser.idLow())).isEqualTo(ID);
  }

  @Test
  void nothingOfAnAnswerIsTakenForTheNext() {
    assertThat(parser.take(ByteBuffer.wrap(CREATED))).isTrue();
    assertThat(parser.take(ByteBuffer.wrap(REFUSED))).isTrue();
    assertThat(parser.status()).isEqualTo(503);
    assertThat(parser.hasId()).isFalse();
  }

  @Test
  void anAnswerLargerThanTheBufferIsRead() {
    String large = "HTTP/1.1 200 OK\r\nContent-Length: 10000\r\n\r\n" + "x".repeat(10_000);
    assertThat(parser.take(ByteBuffer.wrap(large.getBytes(US_ASCII)))).isTrue();
    assertThat(parser.status()).isEqualTo(200);
  }

  @Test
  void moreThanOneAnswerIsRefused() {
    byte[] two = (new String(REFUSED, US_ASCII) + "HTTP").getBytes(US_ASCII);
    assertThatThrownBy(() -> parser.take(ByteBuffer.wrap(two)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anAnswerWithoutALengthIsRefused() {
    byte[] endless = "HTTP/1.1 200 OK\r\n\r\n".getBytes(US_ASCII);
    assertThatThrownBy(() -> parser.take(ByteBuffer.wrap(endless)))
        .isInstanceOf(IllegalStateException.class);
  }
}
