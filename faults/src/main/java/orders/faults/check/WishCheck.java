package orders.faults.check;

import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import orders.faults.client.Wish;
import orders.faults.promise.Promise;
import orders.faults.promise.Violation;

/// Whether the orders that the API shows are those that customers were promised: P1, P2, P5 and P6.
public final class WishCheck {
  private final List<Violation> violations = new ArrayList<>();

  private WishCheck() {}

  /// @param wishes all of a time, each acknowledged
  /// @param listed all orders of the same time, as listed after their end
  public static List<Violation> violations(Collection<Wish> wishes, Collection<JsonNode> listed) {
    WishCheck check = new WishCheck();
    Map<String, JsonNode> stored =
        listed.stream()
            .collect(
                toMap(
                    order -> order.get("id").asText(),
                    Function.identity(),
                    (one, _) -> check.twice(one)));
    Map<String, Wish> byId = new HashMap<>();
    for (Wish wish : wishes) {
      String id = wish.id().orElseThrow();
      Wish other = byId.put(id, wish);
      if (other != null) {
        check.add(
            Promise.P6,
            id,
            "is the answer to the keys %s and %s".formatted(other.key(), wish.key()));
      }
      check.compare(id, wish, stored);
    }
    stored.keySet().stream()
        .filter(id -> !byId.containsKey(id))
        .forEach(id -> check.add(Promise.P1, id, "exists, and nobody was told of it"));
    return check.violations;
  }

  private JsonNode twice(JsonNode order) {
    add(Promise.P1, order.get("id").asText(), "is listed twice");
    return order;
  }

  private void compare(String id, Wish wish, Map<String, JsonNode> stored) {
    JsonNode order = stored.get(id);
    if (order == null) {
      add(Promise.P1, id, "was acknowledged under the key %s and is gone".formatted(wish.key()));
      return;
    }
    SentCheck.differences(wish.sent(), order)
        .forEach(difference -> add(Promise.P1, id, difference));
    JsonNode told = wish.acknowledged().orElseThrow();
    SentCheck.differences(wish.sent(), told)
        .forEach(difference -> add(Promise.P1, id, "was acknowledged and " + difference));
    if (!told.path("created_at").equals(order.path("created_at"))) {
      add(Promise.P1, id, "was acknowledged as created at another time: " + told);
    }
    if (order.get("version").asLong() < wish.version()) {
      add(
          Promise.P5,
          id,
          "was seen at version %d and went back to %s".formatted(wish.version(), order));
    }
    String status = order.get("status").asText();
    boolean isCancelled = status.equals("cancelled");
    boolean asTold =
        switch (wish.cancel()) {
          case ACCEPTED -> isCancelled;
          case NOT_ASKED, REFUSED -> !isCancelled;
          case REFUSED_AFTER_SILENCE -> true;
        };
    if (!asTold) {
      add(Promise.P2, id, "is %s, and its cancel was %s".formatted(status, wish.cancel()));
    }
  }

  private void add(Promise promise, String id, String what) {
    violations.add(Violation.of(promise, id, what));
  }
}
