package orders.partners;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import orders.application.port.Partner.Result;
import orders.application.port.Partner.Trouble;
import orders.application.port.Partner.Undo;
import orders.domain.PartnerReference;
import orders.domain.Reason;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/// Partners that break off, hang, or talk without end.
final class PartnerTroubleTest {
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Result TIMED_OUT = silence("no answer within 300 ms");
  private static final Result INCOMPLETE = fault("no complete answer of at most 65536 bytes");
  private static final Result NO_ANSWER = silence("no answer before the connection ended");
  private static final String DONE = "{\"result\": \"done\", \"reference\": \"p\"}";

  private static Result fault(String reason) {
    return new Result.Retry(Reason.of(reason), Trouble.FAULT);
  }

  private static Result silence(String reason) {
    return new Result.Retry(Reason.of(reason), Trouble.SILENCE);
  }

  private static Result perform(RawPartner raw, Duration timeout) {
    return partner(raw.address(""), timeout).perform(Calls.full());
  }

  private static HttpPartner partner(PartnerAddress address, Duration timeout) {
    return new HttpPartner(address, Optional.empty(), timeout, InstantSource.system());
  }

  /// A partner that sends `start` and then nothing, until this side hangs up.
  private static RawPartner stuckAfter(String start) throws IOException {
    AtomicReference<RawPartner> self = new AtomicReference<>();
    RawPartner raw =
        new RawPartner(socket -> {
          socket.getOutputStream().write(start.getBytes(UTF_8));
          self.get().awaitHangUp(socket);
        });
    self.set(raw);
    return raw;
  }

  /// A partner that sends `start` and then `again` until this side hangs up.
  private static RawPartner endless(String start, String again) throws IOException {
    return new RawPartner(socket -> {
      OutputStream output = socket.getOutputStream();
      output.write(start.getBytes(UTF_8));
      while (true) {
        output.write(again.getBytes(UTF_8));
      }
    });
  }

  @Test
  void isNotWaitedForWhenItSaysNothing() throws Exception {
    try (RawPartner raw = stuckAfter("")) {
      assertThat(perform(raw, SHORT)).isEqualTo(TIMED_OUT);
      assertThat(raw.wasHungUpOn()).isTrue();
      assertThat(partner(raw.address(""), SHORT).undo(Calls.full()))
          .isEqualTo(new Undo.Retry(Reason.of("no answer within 300 ms"), Trouble.SILENCE));
    }
  }

  @Test
  void isNotWaitedForInTheMiddleOfItsHeaders() throws Exception {
    try (RawPartner raw = stuckAfter("HTTP/1.1 200 OK\r\nContent-")) {
      assertThat(perform(raw, SHORT)).isEqualTo(TIMED_OUT);
      assertThat(raw.wasHungUpOn()).isTrue();
    }
  }

  @Test
  void isNotWaitedForInTheMiddleOfItsBody() throws Exception {
    try (RawPartner raw = stuckAfter("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n" + DONE)) {
      assertThat(perform(raw, SHORT)).isEqualTo(TIMED_OUT);
      assertThat(raw.wasHungUpOn()).isTrue();
    }
  }

  @Test
  void isNotHeardOutWhenItDripsWithoutEnd() throws Exception {
    String drip = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    try (RawPartner raw =
        new RawPartner(socket -> {
          socket.getOutputStream().write(drip.getBytes(UTF_8));
          // A byte whenever the other side did not hang up for a moment.
          socket.setSoTimeout(20);
          while (!hasHungUp(socket)) {
            socket.getOutputStream().write("1\r\n \r\n".getBytes(UTF_8));
          }
        })) {
      assertThat(perform(raw, SHORT)).isEqualTo(TIMED_OUT);
    }
  }

  private static boolean hasHungUp(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException _) {
      return false;
    }
  }

  @Test
  void isNotHeardOutWhenItsBodyHasNoEnd() throws Exception {
    String chunk = "400\r\n" + " ".repeat(1024) + "\r\n";
    try (RawPartner raw = endless("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", chunk)) {
      assertThat(perform(raw, LONG)).isEqualTo(INCOMPLETE);
    }
  }

  @Test
  void isNotHeardOutWhenItsHeadersHaveNoEnd() throws Exception {
    try (RawPartner raw = endless("HTTP/1.1 200 OK\r\n", "X: " + "x".repeat(1024) + "\r\n")) {
      assertThat(perform(raw, LONG)).isEqualTo(NO_ANSWER);
    }
  }

  @Test
  void anAnswerMayBe64KibAndNoByteMore() throws Exception {
    String whole = DONE + " ".repeat(64 * 1024 - DONE.length());
    try (RawPartner raw = RawPartner.answering(RawPartner.answer("200 OK", "", whole))) {
      assertThat(perform(raw, LONG)).isEqualTo(new Result.Done(new PartnerReference("p")));
    }
    try (RawPartner raw = RawPartner.answering(RawPartner.answer("200 OK", "", whole + " "))) {
      assertThat(perform(raw, LONG)).isEqualTo(INCOMPLETE);
    }
  }

  @Test
  void theSizeOfAnErrorPageDoesNotHideTheStatus() throws Exception {
    String page = "x".repeat(1_000_000);
    try (RawPartner raw = RawPartner.answering(RawPartner.answer("500 Oh", "", page))) {
      assertThat(perform(raw, LONG)).isEqualTo(fault("answered 500"));
    }
  }

  @Test
  void isNotHeardOutWhenItsErrorPageHasNoEnd() throws Exception {
    CountDownLatch hungUp = new CountDownLatch(1);
    try (RawPartner raw =
        new RawPartner(socket -> {
          OutputStream output = socket.getOutputStream();
          output.write("HTTP/1.1 500 Oh\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(UTF_8));
          try {
            while (true) {
              output.write("3\r\noh!\r\n".repeat(1_000).getBytes(UTF_8));
            }
          } finally {
            hungUp.countDown();
          }
        })) {
      assertThat(perform(raw, LONG)).isEqualTo(fault("answered 500"));
      assertThat(hungUp.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void anAnswerThatBreaksOffWentWrong() throws Exception {
    try (RawPartner raw =
        RawPartner.answering("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n" + DONE)) {
      assertThat(perform(raw, LONG)).isEqualTo(INCOMPLETE);
    }
    try (RawPartner raw = RawPartner.answering("HTTP/1.1 200 OK\r\nContent-")) {
      assertThat(perform(raw, LONG)).isEqualTo(NO_ANSWER);
    }
    try (RawPartner raw = RawPartner.answering("")) {
      assertThat(perform(raw, LONG)).isEqualTo(NO_ANSWER);
    }
  }

  @Test
  void anAnswerThatIsNoHttpWentWrong() throws Exception {
    try (RawPartner raw = RawPartner.answering("220 mail.example ESMTP\r\n\r\n")) {
      assertThat(perform(raw, LONG)).isEqualTo(NO_ANSWER);
    }
  }

  @Test
  void nobodyAtTheAddressWentWrong() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    PartnerAddress nobody = PartnerAddress.parse("http://127.0.0.1:" + port).orElseThrow();
    assertThat(partner(nobody, LONG).perform(Calls.full()))
        .isEqualTo(silence("connection refused"));
  }

  @Test
  void anAddressThatNobodyKnowsWentWrong() {
    PartnerAddress unknown = PartnerAddress.parse("http://partner.invalid").orElseThrow();
    assertThat(partner(unknown, LONG).perform(Calls.full())).isEqualTo(silence("host not found"));
  }

  /// Often: the client's two threads tell it in different words, whichever is first.
  @RepeatedTest(100)
  void aPartnerThatSpeaksNoTlsWentWrong() throws Exception {
    try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> greet(plain));
      PartnerAddress secure =
          PartnerAddress.parse("https://127.0.0.1:" + plain.getLocalPort()).orElseThrow();
      assertThat(partner(secure, LONG).perform(Calls.full()))
          .isEqualTo(silence("no secure connection"));
    }
  }

  private static void greet(ServerSocket listening) {
    try (Socket socket = listening.accept()) {
      socket.getOutputStream().write("220 mail.example ESMTP\r\n".getBytes(UTF_8));
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException _) {
      // The other side is gone.
    }
  }

  @Test
  void isNotFollowedElsewhere() throws Exception {
    try (RawPartner elsewhere = RawPartner.answering(RawPartner.answer("200 OK", "", DONE))) {
      String there = "Location: " + elsewhere.address("/").base() + "/there\r\n";
      for (int status : new int[] {301, 302, 303, 307, 308}) {
        try (RawPartner raw =
            RawPartner.answering(RawPartner.answer(status + " Moved", there, ""))) {
          assertThat(perform(raw, LONG)).isEqualTo(fault("answered " + status));
        }
      }
      assertThat(elsewhere.wasAskedMore()).isFalse();
    }
  }

  @Test
  void anInterruptedCallEndsAtOnceAndHangsUp() throws Exception {
    try (RawPartner raw = stuckAfter("")) {
      CompletableFuture<Result> result = new CompletableFuture<>();
      CompletableFuture<Boolean> stillInterrupted = new CompletableFuture<>();
      Thread caller =
          Thread.ofVirtual()
              .start(() -> {
                result.complete(perform(raw, LONG));
                stillInterrupted.complete(Thread.currentThread().isInterrupted());
              });
      raw.asked();
      caller.interrupt();
      assertThat(result.get(20, TimeUnit.SECONDS)).isEqualTo(silence("interrupted"));
      assertThat(stillInterrupted.get(20, TimeUnit.SECONDS)).isTrue();
      assertThat(raw.wasHungUpOn()).isTrue();
    }
  }
}
