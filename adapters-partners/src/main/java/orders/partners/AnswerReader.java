package orders.partners;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;
import orders.domain.PartnerReference;
import orders.domain.Reason;
import orders.domain.Text;

/// Reads what a partner answered; whatever the protocol does not know went wrong.
///
/// The rules stand in `docs/partners.md`.
final class AnswerReader {
  /// However far away the time is that a partner names.
  private static final Duration LONGEST_DELAY = Duration.ofDays(1);

  /// However near it is, or past: a partner's clock may be behind, and asking at once would only
  /// turn in circles.
  private static final Duration SHORTEST_WAIT = Duration.ofMillis(100);

  private static final Duration CLOCKS_AGREE = Duration.ofSeconds(2);

  private static final int OK = 200;
  private static final int NO_CONTENT = 204;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int BAD_GATEWAY = 502;
  private static final int SERVICE_UNAVAILABLE = 503;
  private static final int GATEWAY_TIMEOUT = 504;

  private static final Pattern SECONDS = Pattern.compile("[0-9]+");

  /// More digits would not fit, and are more than a day in any case.
  private static final int MAX_DIGITS = 9;

  private final InstantSource clock;

  AnswerReader(InstantSource clock) {
    this.clock = clock;
  }

  /// @param body empty, unless the status is 200
  Answer read(int status, HttpHeaders headers, byte[] body) {
    Instant now = partnersNow(headers);
    return switch (status) {
      case OK -> read(body, now);
      case NO_CONTENT -> new Answer.Undone();
      case TOO_MANY_REQUESTS, SERVICE_UNAVAILABLE ->
          Answer.WentWrong.busy(
              "busy: answered " + status,
              headers.firstValue("Retry-After").flatMap(value -> retryAfter(value, now)));
      case BAD_GATEWAY, GATEWAY_TIMEOUT -> Answer.WentWrong.silence("answered " + status);
      default -> Answer.WentWrong.fault("answered " + status);
    };
  }

  /// The time by the partner's own clock if it shows it, since only it knows what it means by a
  /// time. It shows whole seconds: as long as both clocks may agree, this one is more precise.
  private Instant partnersNow(HttpHeaders headers) {
    Instant own = clock.instant();
    return headers
        .firstValue("Date")
        .flatMap(AnswerReader::httpDate)
        .filter(shown -> Duration.between(shown, own).abs().compareTo(CLOCKS_AGREE) > 0)
        .orElse(own);
  }

  private static Answer read(byte[] body, Instant now) {
    try {
      return read(Json.read(body), now).orElseGet(Answer.WentWrong::notOfTheProtocol);
    } catch (IOException _) {
      return Answer.WentWrong.notOfTheProtocol();
    }
  }

  private static Optional<Answer> read(JsonNode answer, Instant now) {
    return switch (text(answer, "result").orElse("")) {
      case "done" ->
          text(answer, "reference")
              .filter(reference -> Text.flaw(reference).isEmpty())
              .map(reference -> new Answer.Done(new PartnerReference(reference)));
      case "declined" ->
          text(answer, "reason").map(reason -> new Answer.Declined(Reason.of(reason)));
      case "undone" -> Optional.of(new Answer.Undone());
      case "refused" -> text(answer, "reason").map(reason -> new Answer.Refused(Reason.of(reason)));
      case "wait" ->
          text(answer, "until")
              .flatMap(AnswerReader::time)
              .map(until -> new Answer.Wait(delay(now, until, SHORTEST_WAIT)));
      default -> Optional.empty();
    };
  }

  private static Optional<String> text(JsonNode answer, String field) {
    return Optional.ofNullable(answer.get(field))
        .filter(JsonNode::isTextual)
        .map(JsonNode::textValue);
  }

  private static Optional<Duration> retryAfter(String value, Instant now) {
    String text = value.strip();
    if (!SECONDS.matcher(text).matches()) {
      return httpDate(text).map(date -> delay(now, date, Duration.ZERO));
    }
    return Optional.of(
        text.length() > MAX_DIGITS
            ? LONGEST_DELAY
            : bounded(Duration.ofSeconds(Long.parseLong(text)), Duration.ZERO));
  }

  private static Optional<Instant> time(String rfc3339) {
    try {
      return Optional.of(OffsetDateTime.parse(rfc3339).toInstant());
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> httpDate(String text) {
    try {
      return Optional.of(
          ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  private static Duration delay(Instant now, Instant until, Duration shortest) {
    return bounded(Duration.between(now, until), shortest);
  }

  private static Duration bounded(Duration delay, Duration shortest) {
    if (delay.compareTo(shortest) < 0) {
      return shortest;
    }
    return delay.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : delay;
  }
}
