package orders.faults.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/// One order that a customer wants, and all that the customer learnt of it. Belongs to one thread
/// until that has ended.
public final class Wish {
  private final String key;
  private final JsonNode sent;
  private Optional<JsonNode> acknowledged = Optional.empty();
  private String answer = "";
  private Cancel cancel = Cancel.NOT_ASKED;
  private long version;

  /// What came of asking for a cancel.
  public enum Cancel {
    NOT_ASKED,
    ACCEPTED,
    /// Refused, and nobody had asked before.
    REFUSED,
    /// Refused, but an earlier request had no answer and may have been accepted.
    REFUSED_AFTER_SILENCE
  }

  /// @param key for `Idempotency-Key`
  /// @param sent the body
  public Wish(String key, JsonNode sent) {
    this.key = key;
    this.sent = sent;
  }

  public String key() {
    return key;
  }

  public JsonNode sent() {
    return sent;
  }

  /// The body of the 201; empty as long as there was none.
  public Optional<JsonNode> acknowledged() {
    return acknowledged;
  }

  /// Empty before the 201.
  public Optional<String> id() {
    return acknowledged.map(order -> order.get("id").asText());
  }

  public Cancel cancel() {
    return cancel;
  }

  /// The newest that was seen of it; 0 before the 201.
  public long version() {
    return version;
  }

  /// The body of the 201, to the byte.
  String answer() {
    return answer;
  }

  void acknowledge(Storefront.Answer created) {
    JsonNode order = created.body();
    acknowledged = Optional.of(order);
    answer = created.text();
    version = order.get("version").asLong();
  }

  void cancelled(Cancel outcome) {
    cancel = outcome;
  }

  /// @return whether it is at least as new as all that was seen before
  boolean sees(long newVersion) {
    boolean forward = newVersion >= version;
    version = Math.max(version, newVersion);
    return forward;
  }
}
