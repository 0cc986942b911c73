package orders.faults.machine;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import orders.faults.check.DatabaseCheck;
import orders.faults.check.HistoryCheck;
import orders.faults.check.PartnerAudit;
import orders.faults.check.WishCheck;
import orders.faults.client.Storefront;
import orders.faults.client.Wish;
import orders.faults.process.Deployment;
import orders.faults.process.PartnerCall;
import orders.faults.promise.Promise;
import orders.faults.promise.Violation;

/// What all rounds together must have come to. Belongs to one thread.
final class Books {
  private final Deployment deployment;
  private long lastCall;
  private long acknowledged;
  private long money;

  Books(Deployment deployment) {
    this.deployment = deployment;
  }

  /// How many orders were acknowledged.
  long acknowledged() {
    return acknowledged;
  }

  /// Enters a round in which every order has ended.
  ///
  /// @param wishes of the round, each acknowledged
  /// @param since the round's first moment, RFC 3339
  /// @return what does not agree
  List<Violation> enter(List<Wish> wishes, Storefront storefront, String since)
      throws IOException, InterruptedException, SQLException {
    List<JsonNode> listed = storefront.list("&created_from=" + since);
    List<Violation> violations = new ArrayList<>(WishCheck.violations(wishes, listed));
    for (JsonNode order : listed) {
      String id = order.get("id").asText();
      violations.addAll(HistoryCheck.violations(order, storefront.events(id)));
    }
    List<PartnerCall> calls = deployment.partners().callsAfter(lastCall);
    lastCall = calls.isEmpty() ? lastCall : calls.getLast().n();
    violations.addAll(PartnerAudit.violations(listed, calls));
    violations.addAll(countMoney(listed));
    acknowledged += wishes.size();
    violations.addAll(DatabaseCheck.violations(deployment.database(), acknowledged));
    return violations;
  }

  private List<Violation> countMoney(List<JsonNode> listed)
      throws IOException, InterruptedException {
    money +=
        listed.stream()
            .filter(order -> order.get("status").asText().equals("completed"))
            .mapToLong(order -> order.get("total").asLong())
            .sum();
    long held = deployment.partners().moneyHeld("USD");
    return held == money
        ? List.of()
        : List.of(
            Violation.of(
                Promise.P4, "payment holds %d for completed orders of %d".formatted(held, money)));
  }
}
