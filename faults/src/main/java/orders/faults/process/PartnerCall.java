package orders.faults.process;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/// A call that the simulator got.
///
/// @param round counts from 1
/// @param traceparent empty if none was sent
public record PartnerCall(
    long n,
    String orderId,
    String step,
    int round,
    String key,
    Answer answer,
    Effect effect,
    String traceparent) {
  /// What the caller was told, `LOST` being nothing.
  public enum Answer {
    DONE,
    DECLINED,
    UNDONE,
    REFUSED,
    WAIT,
    BUSY,
    ERROR,
    LOST
  }

  /// What it changed.
  public enum Effect {
    DONE,
    UNDONE,
    NONE
  }

  static PartnerCall of(JsonNode call) {
    return new PartnerCall(
        call.get("n").asLong(),
        call.get("order_id").asText(),
        call.get("step").asText(),
        call.get("round").asInt(),
        call.get("key").asText(),
        Answer.valueOf(call.get("answer").asText().toUpperCase(Locale.ROOT)),
        call.get("effect").isNull()
            ? Effect.NONE
            : Effect.valueOf(call.get("effect").asText().toUpperCase(Locale.ROOT)),
        call.get("traceparent").asText(""));
  }
}
