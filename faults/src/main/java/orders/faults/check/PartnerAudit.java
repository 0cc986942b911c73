package orders.faults.check;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import orders.faults.process.PartnerCall;
import orders.faults.process.PartnerCall.Effect;
import orders.faults.promise.Promise;
import orders.faults.promise.Violation;

/// Whether what the partners did agrees with what the orders say: P4. All orders must have ended.
public final class PartnerAudit {
  private static final Set<String> STEPS = Set.of("confirmation", "payment", "delivery");

  private final Map<String, JsonNode> orders;
  private final Map<String, List<PartnerCall>> effective;
  private final List<Violation> violations = new ArrayList<>();

  private PartnerAudit(Collection<JsonNode> orders, List<PartnerCall> calls) {
    this.orders =
        orders.stream().collect(toMap(order -> order.get("id").asText(), Function.identity()));
    this.effective =
        calls.stream()
            .filter(call -> call.effect() != Effect.NONE)
            .collect(groupingBy(PartnerCall::orderId));
  }

  /// @param orders all of a time, after their end
  /// @param calls all that the partners got in that time, oldest first
  public static List<Violation> violations(Collection<JsonNode> orders, List<PartnerCall> calls) {
    PartnerAudit audit = new PartnerAudit(orders, calls);
    audit.orders.values().forEach(audit::checkOrder);
    audit.effective.keySet().stream()
        .filter(id -> !audit.orders.containsKey(id))
        .forEach(id -> audit.add(id, "does not exist, or had long ended"));
    return audit.violations;
  }

  private void checkOrder(JsonNode order) {
    String id = order.get("id").asText();
    List<PartnerCall> calls = effective.getOrDefault(id, List.of());
    Map<String, List<PartnerCall>> byKey = calls.stream().collect(groupingBy(PartnerCall::key));
    byKey.forEach(this::checkKey);
    List<PartnerCall> held =
        byKey.values().stream()
            .filter(key -> key.getLast().effect() == Effect.DONE)
            .map(List::getLast)
            .toList();
    String status = order.get("status").asText();
    switch (status) {
      case "completed" -> checkCompleted(id, held);
      case "failed", "cancelled" -> checkUndone(id, status, held);
      default -> violations.add(Violation.of(Promise.P2, id, "is still " + status));
    }
    calls.stream()
        .collect(groupingBy(PartnerCall::round))
        .forEach((round, ofRound) -> checkNewestFirst(id, round, ofRound));
  }

  private void checkKey(String key, List<PartnerCall> calls) {
    List<Effect> effects = calls.stream().map(PartnerCall::effect).toList();
    if (!effects.equals(List.of(Effect.DONE))
        && !effects.equals(List.of(Effect.DONE, Effect.UNDONE))) {
      add(
          calls.getFirst().orderId(),
          "had the effects %s under the key %s".formatted(effects, key));
    }
  }

  private void checkCompleted(String id, List<PartnerCall> held) {
    if (held.size() != STEPS.size()
        || !held.stream().map(PartnerCall::step).toList().containsAll(STEPS)
        || held.stream().map(PartnerCall::round).distinct().count() != 1) {
      add(id, "is completed, and its partners hold %s".formatted(keys(held)));
    }
  }

  private void checkUndone(String id, String status, List<PartnerCall> held) {
    if (!held.isEmpty()) {
      add(id, "is %s, and its partners hold %s still".formatted(status, keys(held)));
    }
  }

  /// The calls of one round, in the order in which they took effect.
  private void checkNewestFirst(String id, int round, List<PartnerCall> calls) {
    List<String> done = steps(calls, Effect.DONE);
    List<String> undone = steps(calls, Effect.UNDONE);
    List<String> newestFirst = done.reversed().stream().filter(undone::contains).toList();
    if (!undone.equals(newestFirst)) {
      add(id, "did %s in round %d and undid it as %s".formatted(done, round, undone));
    }
  }

  private static List<String> steps(List<PartnerCall> calls, Effect effect) {
    return calls.stream()
        .filter(call -> call.effect() == effect)
        .sorted(Comparator.comparingLong(PartnerCall::n))
        .map(PartnerCall::step)
        .toList();
  }

  private static List<String> keys(List<PartnerCall> calls) {
    return calls.stream().map(PartnerCall::key).toList();
  }

  private void add(String order, String what) {
    violations.add(Violation.of(Promise.P4, order, what));
  }
}
