package orders.faults.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import orders.faults.promise.Violation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Histories in short: `type`, or `type/step`, or `type/step/attempt`.
final class HistoryCheckTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          completed | placed done/confirmation/1 done/payment/1 done/delivery/1 completed
          completed | placed failed/confirmation/1 done/confirmation/2 done/payment/1 done/delivery/1 completed
          cancelled | placed cancelled
          cancelled | placed cancel_requested undone/confirmation/1 cancelled
          cancelled | placed done/confirmation/1 cancel_requested undo_failed/payment/1 undone/payment/2 undone/confirmation/1 cancelled
          failed | placed done/confirmation/1 step_declined/payment undone/payment/1 undone/confirmation/1 failed
          failed | placed done/confirmation/1 step_given_up/payment/5 undone/payment/1 undo_given_up/confirmation/1 retried undone/confirmation/1 failed
          completed | placed step_declined/confirmation undone/confirmation/1 failed retried done/confirmation/1 done/payment/1 done/delivery/1 completed
          """)
  void legalLivesAreLegal(String status, String history) throws Exception {
    assertThat(violations(status, history)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          completed | done/confirmation/1 done/payment/1 done/delivery/1 completed
          completed | placed done/confirmation/1 done/delivery/1 completed
          completed | placed done/payment/1 done/confirmation/1 done/delivery/1 completed
          completed | placed done/confirmation/1 done/confirmation/1 done/payment/1 done/delivery/1 completed
          completed | placed done/confirmation/2 done/payment/1 done/delivery/1 completed
          completed | placed done/confirmation/1 done/payment/1 completed
          cancelled | placed done/confirmation/1 done/payment/1 done/delivery/1 completed
          processing | placed done/confirmation/1
          cancelled | placed done/confirmation/1 cancelled
          cancelled | placed done/confirmation/1 cancel_requested undone/confirmation/1 cancelled
          cancelled | placed done/confirmation/1 cancel_requested undone/confirmation/1 undone/payment/1 cancelled
          failed | placed done/confirmation/1 cancel_requested undone/payment/1 undone/confirmation/1 failed
          failed | placed step_declined/confirmation failed
          completed | placed done/confirmation/1 done/payment/1 done/delivery/1 completed completed
          completed | placed done/confirmation/1 done/payment/1 done/delivery/1 completed cancel_requested
          failed | placed done/confirmation/1 step_declined/payment done/payment/1 undone/payment/1 undone/confirmation/1 failed
          """)
  void illegalLivesAreFound(String status, String history) throws Exception {
    assertThat(violations(status, history)).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1 2 4 5 6, 5", "1 2 2 3 4, 5", "2 3 4 5 6, 5", "1 2 3 4 5, 6"})
  void gapsAndAVersionThatIsNotTheLastNumberAreFound(String numbers, int version) throws Exception {
    String history = "placed done/confirmation/1 done/payment/1 done/delivery/1 completed";
    assertThat(HistoryCheck.violations(order("completed", version), events(history, numbers)))
        .isNotEmpty();
  }

  @Test
  void anEventThatIsOlderThanTheOneBeforeIsFound() throws Exception {
    String history = "placed done/confirmation/1 done/payment/1 done/delivery/1 completed";
    List<JsonNode> events = events(history, "1 2 3 4 5");
    ((ObjectNode) events.get(3)).put("at", "2026-11-21T09:00:01.999999Z");
    assertThat(HistoryCheck.violations(order("completed", 5), events)).hasSize(1);
  }

  private static List<Violation> violations(String status, String history) throws Exception {
    List<JsonNode> events = events(history, "1 2 3 4 5 6 7 8 9 10");
    return HistoryCheck.violations(order(status, events.size()), events);
  }

  private static JsonNode order(String status, int version) throws JsonProcessingException {
    return JSON.readTree(
        "{\"id\": \"o\", \"status\": \"%s\", \"version\": %d}".formatted(status, version));
  }

  private static List<JsonNode> events(String history, String numbers) {
    List<JsonNode> events = new ArrayList<>();
    String[] seqs = numbers.split(" ", -1);
    for (String event : history.split(" ", -1)) {
      String[] parts = event.split("/", -1);
      String type =
          switch (parts[0]) {
            case "done", "failed", "undone" -> parts.length == 1 ? parts[0] : "step_" + parts[0];
            default -> parts[0];
          };
      var node = JSON.createObjectNode().put("type", type);
      node.put("seq", Integer.parseInt(seqs[events.size()]));
      node.put("at", "2026-11-21T09:00:%02d.5Z".formatted(events.size()));
      if (parts.length > 1) {
        node.put("step", parts[1]);
      }
      if (parts.length > 2) {
        node.put("attempt", Integer.parseInt(parts[2]));
      }
      events.add(node);
    }
    return events;
  }
}
