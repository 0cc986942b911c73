package orders.partners;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import orders.application.port.Partner.Call;
import orders.application.port.Partner.Result;
import orders.application.port.Partner.Trouble;
import orders.application.port.Partner.Undo;
import orders.application.port.TraceContext;
import orders.domain.PartnerReference;
import orders.domain.Reason;
import orders.domain.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is sent and what comes back, as the protocol has it; over real sockets.
final class HttpPartnerTest {
  private static final Instant NOW = Instant.parse("2026-11-21T09:00:00.5Z");
  private static final Result.Retry NO_PUT_ANSWER =
      new Result.Retry(Answer.NOT_OF_THE_PROTOCOL, Trouble.FAULT);
  private static final Undo.Retry NO_DELETE_ANSWER =
      new Undo.Retry(Answer.NOT_OF_THE_PROTOCOL, Trouble.FAULT);

  private static HttpPartner partner(PartnerAddress address, Optional<String> secret) {
    return new HttpPartner(
        address, secret.map(SigningSecret::new), Duration.ofSeconds(30), InstantSource.fixed(NOW));
  }

  private static Result perform(String answer) throws IOException {
    try (RawPartner raw = RawPartner.answering(answer)) {
      return partner(raw.address(""), Optional.empty()).perform(Calls.full());
    }
  }

  private static Undo undo(String answer) throws IOException {
    try (RawPartner raw = RawPartner.answering(answer)) {
      return partner(raw.address(""), Optional.empty()).undo(Calls.full());
    }
  }

  private static String ok(String body) {
    return RawPartner.answer("200 OK", "Content-Type: application/json\r\n", body);
  }

  private static Reason reason(String text) {
    return Reason.of(text);
  }

  @Test
  void putsTheOrderUnderTheKeyOfTheCall() throws Exception {
    try (RawPartner raw =
        RawPartner.answering(
            ok(
                """
                {"result": "done", "reference": "p-1"}\
                """))) {
      assertThat(partner(raw.address("/shop/pay/"), Optional.empty()).perform(Calls.full()))
          .isEqualTo(new Result.Done(new PartnerReference("p-1")));
      RawPartner.Asked asked = raw.asked();
      assertThat(asked.requestLine())
          .isEqualTo("PUT /shop/pay/00000000-0000-7000-0000-000000000007/2 HTTP/1.1");
      assertThat(asked.header("Idempotency-Key"))
          .containsExactly("00000000-0000-7000-0000-000000000007/payment/2");
      assertThat(asked.header("Content-Type")).containsExactly("application/json");
      assertThat(asked.header("Accept")).containsExactly("application/json");
      assertThat(asked.header("Orders-Signature")).isEmpty();
      assertThat(new String(asked.bytes(), UTF_8))
          .isEqualTo(
              """
              {"order_id":"00000000-0000-7000-0000-000000000007","step":"payment","round":2,\
              "attempt":3,"customer_id":"me","merchant_id":"south","reference":"CA-1",\
              "currency":"USD","total":207,\
              "items":[{"sku":"sofa","name":"Sofa, größer","quantity":2,"unit_price":100},\
              {"sku":"cup","name":null,"quantity":1,"unit_price":7}]}\
              """);
    }
  }

  @Test
  void deletesWithTheSameKeyOnTheSameUrl() throws Exception {
    try (RawPartner raw = RawPartner.answering(ok("{\"result\": \"undone\"}"))) {
      assertThat(
              partner(raw.address(""), Optional.empty()).undo(Calls.call(7, Step.DELIVERY, 1, 1)))
          .isEqualTo(new Undo.Undone());
      RawPartner.Asked asked = raw.asked();
      assertThat(asked.requestLine())
          .isEqualTo("DELETE /00000000-0000-7000-0000-000000000007/1 HTTP/1.1");
      assertThat(asked.header("Idempotency-Key"))
          .containsExactly("00000000-0000-7000-0000-000000000007/delivery");
      assertThat(asked.body()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "DELETE"})
  void signsWhatItSendsByteForByte(String method) throws Exception {
    try (RawPartner raw = RawPartner.answering(ok("{}"))) {
      HttpPartner partner = partner(raw.address("/a%20b"), Optional.of("schlüssel"));
      var _ = method.equals("PUT") ? partner.perform(Calls.full()) : partner.undo(Calls.full());
      RawPartner.Asked asked = raw.asked();
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec("schlüssel".getBytes(UTF_8), "HmacSHA256"));
      String path = asked.requestLine().split(" ", -1)[1];
      assertThat(path).startsWith("/a%20b/");
      mac.update((NOW.getEpochSecond() + "." + method + "." + path + ".").getBytes(UTF_8));
      assertThat(asked.header("Orders-Signature"))
          .containsExactly(
              "t=1795251600, v1=" + HexFormat.of().formatHex(mac.doFinal(asked.bytes())));
    }
  }

  @Test
  void hearsThatAStepWasDeclined() throws IOException {
    assertThat(perform(ok("{\"result\": \"declined\", \"reason\": \"no\\u0000 money\"}")))
        .isEqualTo(new Result.Declined(reason("no� money")));
    assertThat(perform(ok("{\"result\": \"declined\", \"reason\": \"\"}")))
        .isEqualTo(new Result.Declined(reason("no reason given")));
  }

  @Test
  void hearsThatAStepCannotBeTakenBack() throws IOException {
    assertThat(undo(ok("{\"result\": \"refused\", \"reason\": \"eaten\"}")))
        .isEqualTo(new Undo.Refused(reason("eaten")));
  }

  @Test
  void anAnswerWithoutContentIsEnoughForAnUndoAlone() throws IOException {
    String answer = "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n";
    assertThat(undo(answer)).isEqualTo(new Undo.Undone());
    assertThat(perform(answer)).isEqualTo(NO_PUT_ANSWER);
  }

  @Test
  void measuresTimesByTheClockThatThePartnerShows() throws IOException {
    String date = "Date: Sat, 21 Nov 2026 10:00:00 GMT\r\n";
    String wait = "{\"result\": \"wait\", \"until\": \"2026-11-21T10:00:03Z\"}";
    assertThat(perform(RawPartner.answer("200 OK", date, wait)))
        .isEqualTo(new Result.Wait(Duration.ofSeconds(3)));
    String busy = date + "Retry-After: Sat, 21 Nov 2026 10:00:07 GMT\r\n";
    assertThat(perform(RawPartner.answer("503 Service Unavailable", busy, "")))
        .isEqualTo(
            new Result.Retry(
                reason("busy: answered 503"), Trouble.BUSY, Optional.of(Duration.ofSeconds(7))));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-21T09:00:02Z, PT1.5S",
    "2026-11-21T10:00:02.25+01:00, PT1.75S",
    "2026-11-21T09:00:00.5Z, PT0.1S",
    "1999-01-01T00:00:00Z, PT0.1S",
    "2026-11-22T09:00:00Z, PT23H59M59.5S",
    "9999-01-01T00:00:00Z, PT24H"
  })
  void waitsUntilTheTimeThatThePartnerNames(String until, Duration delay) throws IOException {
    String answer = ok("{\"result\": \"wait\", \"until\": \"" + until + "\"}");
    assertThat(perform(answer)).isEqualTo(new Result.Wait(delay));
    assertThat(undo(answer)).isEqualTo(new Undo.Wait(delay));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "429 Too Many Requests; Retry-After: 7; PT7S",
        "503 Service Unavailable; Retry-After: 7; PT7S",
        "503 Service Unavailable; Retry-After: Sat, 21 Nov 2026 09:01:00 GMT; PT59.5S",
        "503 Service Unavailable; Retry-After: Sat, 21 Nov 2020 09:01:00 GMT; PT0S",
        "503 Service Unavailable; Retry-After: 0; PT0S",
        "503 Service Unavailable; Retry-After: 100000; PT24H",
        "503 Service Unavailable; Retry-After: -1; ",
        "503 Service Unavailable; Retry-After: 99999999999999999999999; PT24H",
        "503 Service Unavailable; Retry-After: soon; ",
        "503 Service Unavailable; Retry-After:; ",
        "503 Service Unavailable; X: y; "
      })
  void leavesABusyPartnerAloneForAsLongAsItAsks(String status, String header, Duration notBefore)
      throws IOException {
    Reason busy = reason("busy: answered " + status.substring(0, 3));
    String answer = RawPartner.answer(status, header + "\r\n", "{\"result\": \"undone\"}");
    assertThat(perform(answer))
        .isEqualTo(new Result.Retry(busy, Trouble.BUSY, Optional.ofNullable(notBefore)));
    assertThat(undo(answer))
        .isEqualTo(new Undo.Retry(busy, Trouble.BUSY, Optional.ofNullable(notBefore)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"502 Bad Gateway", "504 Gateway Timeout"})
  void whatOnlyAGatewayAnswersIsSilence(String status) throws IOException {
    Reason answered = reason("answered " + status.substring(0, 3));
    String answer = RawPartner.answer(status, "", "{\"result\": \"undone\"}");
    assertThat(perform(answer)).isEqualTo(new Result.Retry(answered, Trouble.SILENCE));
    assertThat(undo(answer)).isEqualTo(new Undo.Retry(answered, Trouble.SILENCE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "201 Created",
        "202 Accepted",
        "206 Partial Content",
        "301 Moved Permanently",
        "304 Not Modified",
        "400 Bad Request",
        "401 Unauthorized",
        "404 Not Found",
        "409 Conflict",
        "410 Gone",
        "500 Internal Server Error"
      })
  void everyOtherStatusWentWrong(String status) throws IOException {
    Reason answered = reason("answered " + status.substring(0, 3));
    // A 304 has no body.
    String body = status.startsWith("304") ? "" : "{\"result\": \"undone\"}";
    assertThat(perform(RawPartner.answer(status, "Retry-After: 1\r\n", body)))
        .isEqualTo(new Result.Retry(answered, Trouble.FAULT));
    assertThat(undo(RawPartner.answer(status, "Retry-After: 1\r\n", body)))
        .isEqualTo(new Undo.Retry(answered, Trouble.FAULT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "done",
        "null",
        "[]",
        "[{\"result\": \"undone\"}]",
        "{}",
        "{\"result\": null}",
        "{\"result\": true}",
        "{\"result\": \"DONE\", \"reference\": \"p\"}",
        "{\"result\": \"ok\"}",
        "{\"result\": \"done\"}",
        "{\"result\": \"done\", \"reference\": null}",
        "{\"result\": \"done\", \"reference\": 7}",
        "{\"result\": \"done\", \"reference\": \"\"}",
        "{\"result\": \"done\", \"reference\": \"  \"}",
        "{\"result\": \"done\", \"reference\": \"a\\u0000\"}",
        "{\"result\": \"done\", \"reference\": \"\\ud800\"}",
        "{\"result\": \"done\", \"reference\": \"p\", \"reference\": \"p\"}",
        "{\"result\": \"done\", \"result\": \"undone\", \"reference\": \"p\"}",
        "{\"result\": \"done\", \"reference\": \"p\"} {}",
        "{\"result\": \"done\", \"reference\": \"p\"",
        "{'result': 'done', 'reference': 'p'}",
        "{\"result\": \"declined\"}",
        "{\"result\": \"declined\", \"reason\": [\"no\"]}",
        "{\"result\": \"refused\"}",
        "{\"result\": \"refused\", \"reason\": 1}",
        "{\"result\": \"wait\"}",
        "{\"result\": \"wait\", \"until\": 1795251600}",
        "{\"result\": \"wait\", \"until\": \"tomorrow\"}",
        "{\"result\": \"wait\", \"until\": \"2026-11-21T09:00:00\"}",
        "{\"result\": \"wait\", \"until\": \"2026-02-30T09:00:00Z\"}"
      })
  void anAnswerThatIsNotOfTheProtocolWentWrong(String body) throws IOException {
    assertThat(perform(ok(body))).isEqualTo(NO_PUT_ANSWER);
    assertThat(undo(ok(body))).isEqualTo(NO_DELETE_ANSWER);
  }

  @Test
  void anAnswerToTheOtherQuestionWentWrong() throws IOException {
    assertThat(perform(ok("{\"result\": \"undone\"}"))).isEqualTo(NO_PUT_ANSWER);
    assertThat(perform(ok("{\"result\": \"refused\", \"reason\": \"r\"}")))
        .isEqualTo(NO_PUT_ANSWER);
    assertThat(undo(ok("{\"result\": \"done\", \"reference\": \"p\"}")))
        .isEqualTo(NO_DELETE_ANSWER);
    assertThat(undo(ok("{\"result\": \"declined\", \"reason\": \"r\"}")))
        .isEqualTo(NO_DELETE_ANSWER);
  }

  @Test
  void aReferenceTooLongWentWrongAndAReasonTooLongIsCut() throws IOException {
    assertThat(perform(ok("{\"result\": \"done\", \"reference\": \"" + "x".repeat(257) + "\"}")))
        .isEqualTo(NO_PUT_ANSWER);
    assertThat(perform(ok("{\"result\": \"declined\", \"reason\": \"" + "x".repeat(501) + "\"}")))
        .isEqualTo(new Result.Declined(reason("x".repeat(500))));
  }

  @Test
  void bytesThatAreNoUtf8WentWrong() throws IOException {
    // C0 AF is a slash in a form that is longer than it may be.
    byte[] head = ok("{\"result\": \"done\", \"reference\": \"xx\"}").getBytes(UTF_8);
    int at = new String(head, UTF_8).indexOf("xx");
    head[at] = (byte) 0xC0;
    head[at + 1] = (byte) 0xAF;
    try (RawPartner raw = new RawPartner(socket -> socket.getOutputStream().write(head))) {
      assertThat(partner(raw.address(""), Optional.empty()).perform(Calls.full()))
          .isEqualTo(NO_PUT_ANSWER);
    }
  }

  @Test
  void whatTheProtocolDoesNotKnowIsIgnoredBesideWhatItKnows() throws IOException {
    assertThat(perform(ok("{\"result\": \"done\", \"reference\": \"p\", \"eta\": {\"min\": 3}}")))
        .isEqualTo(new Result.Done(new PartnerReference("p")));
  }

  @Test
  void eachCallGoesOnWithTheTraceOfItsOrderAndHasAnIdOfItsOwn() throws Exception {
    Set<String> ids = new HashSet<>();
    for (boolean sampled : new boolean[] {true, false}) {
      UUID trace = UUID.fromString("4bf92f35-77b3-4da6-a3ce-929d0e0e4736");
      Call plain = Calls.full();
      Call traced =
          new Call(plain.order(), plain.step(), plain.attempt(), new TraceContext(trace, sampled));
      for (int i = 0; i < 2; i++) {
        String header = traceparent(traced);
        assertThat(header)
            .matches("00-4bf92f3577b34da6a3ce929d0e0e4736-[0-9a-f]{16}-" + (sampled ? "01" : "00"));
        ids.add(header.substring(36, 52));
      }
    }
    assertThat(ids).hasSize(4);
    assertThat(traceparent(Calls.full()))
        .startsWith("00-00000000000070000000000000000007-")
        .endsWith("-00");
  }

  private static String traceparent(Call call) throws Exception {
    try (RawPartner raw = RawPartner.answering(ok("{}"))) {
      var _ = partner(raw.address(""), Optional.empty()).undo(call);
      return raw.asked().header("traceparent").getFirst();
    }
  }
}
