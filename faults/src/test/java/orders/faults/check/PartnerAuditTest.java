package orders.faults.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import orders.faults.process.PartnerCall;
import orders.faults.process.PartnerCall.Answer;
import orders.faults.process.PartnerCall.Effect;
import orders.faults.promise.Violation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Calls in short: `effect/step`, or `effect/step/round`.
final class PartnerAuditTest {
  @ParameterizedTest
  @CsvSource({
    "completed, done/confirmation done/payment none/payment done/delivery",
    "completed, done/confirmation undone/confirmation done/confirmation/2 done/payment/2 done/delivery/2",
    "failed, done/confirmation done/payment undone/payment undone/confirmation",
    "cancelled, none/confirmation"
  })
  void whatAgreesIsFine(String status, String calls) {
    assertThat(violations(status, calls)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "completed, done/confirmation done/payment",
    "completed, done/confirmation done/payment done/payment done/delivery",
    "completed, done/confirmation done/payment done/delivery undone/delivery",
    "completed, done/confirmation done/payment done/delivery/2",
    "completed, done/confirmation done/payment/2 done/payment done/delivery",
    "failed, done/confirmation done/payment undone/payment",
    "failed, done/confirmation done/payment undone/confirmation undone/payment",
    "cancelled, done/confirmation undone/confirmation undone/confirmation",
    "cancelled, undone/confirmation",
    "processing, done/confirmation"
  })
  void whatDoesNotIsFound(String status, String calls) {
    assertThat(violations(status, calls)).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({"done/payment", "undone/payment"})
  void anEffectForAnOrderThatIsNotThereIsFound(String calls) {
    assertThat(PartnerAudit.violations(List.of(), calls(calls))).isNotEmpty();
  }

  private static List<Violation> violations(String status, String calls) {
    JsonNode order = new ObjectMapper().createObjectNode().put("id", "o").put("status", status);
    return PartnerAudit.violations(List.of(order), calls(calls));
  }

  private static List<PartnerCall> calls(String text) {
    List<PartnerCall> calls = new ArrayList<>();
    for (String call : text.split(" ", -1)) {
      String[] parts = call.split("/", -1);
      int round = parts.length > 2 ? Integer.parseInt(parts[2]) : 1;
      calls.add(
          new PartnerCall(
              calls.size() + 1,
              "o",
              parts[1],
              round,
              "o/" + parts[1] + "/" + round,
              Answer.DONE,
              Effect.valueOf(parts[0].toUpperCase(Locale.ROOT)),
              ""));
    }
    return calls;
  }
}
