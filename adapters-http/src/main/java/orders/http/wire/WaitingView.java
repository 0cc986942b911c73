package orders.http.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Optional;
import orders.application.port.Waiting;
import orders.domain.Reason;
import orders.domain.Step;
import org.jspecify.annotations.Nullable;

/// What a live order waits for, as it goes over the wire. Always has all its fields.
///
/// @param what `worker`, `partner`, `breaker` or `operator`
/// @param attempt the one that is made or comes next
/// @param until when it comes
record WaitingView(
    @JsonProperty("for") String what,
    @Nullable String step,
    @Nullable Integer attempt,
    @Nullable String until,
    @Nullable String lastError) {

  static WaitingView of(Waiting waiting) {
    return switch (waiting) {
      case Waiting.ForWorker _ -> new WaitingView("worker", null, null, null, null);
      case Waiting.ForPartner(Step step, int attempt, var until, var lastError) ->
          attempt("partner", step, attempt, until, lastError);
      case Waiting.ForBreaker(Step step, int attempt, Instant until, var lastError) ->
          attempt("breaker", step, attempt, Optional.of(until), lastError);
      case Waiting.ForOperator(Step step, Reason reason) ->
          new WaitingView("operator", Json.word(step), null, null, reason.text());
    };
  }

  private static WaitingView attempt(
      String what, Step step, int attempt, Optional<Instant> until, Optional<Reason> lastError) {
    return new WaitingView(
        what,
        Json.word(step),
        attempt,
        until.map(Json::time).orElse(null),
        lastError.map(Reason::text).orElse(null));
  }
}
