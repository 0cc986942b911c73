package orders.faults.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import orders.faults.client.Wish;
import orders.faults.client.Wishes;
import orders.faults.promise.Promise;
import orders.faults.promise.Violation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WishCheckTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ORDER =
      """
      {"customer_id": "c", "merchant_id": "m", "reference": "r", "currency": "USD",
       "items": [{"sku": "s", "name": "n", "quantity": 2, "unit_price": 3},
                 {"sku": "t", "name": "o", "quantity": 1, "unit_price": 4}]}\
      """;

  private static JsonNode sent() throws JsonProcessingException {
    return JSON.readTree(ORDER);
  }

  private static ObjectNode stored(String id) throws JsonProcessingException {
    ObjectNode order = (ObjectNode) JSON.readTree(ORDER);
    return order.put("id", id).put("status", "completed").put("version", 5).put("total", 10);
  }

  private static Wish wish(String key, String id) throws JsonProcessingException {
    return Wishes.acknowledged(key, sent(), stored(id));
  }

  @Test
  void whatWasSentAndIsStoredIsFine() throws Exception {
    assertThat(WishCheck.violations(List.of(wish("k", "1")), List.of(stored("1")))).isEmpty();
  }

  @Test
  void whatIsMissingTooManyOrTwiceIsFound() throws Exception {
    List<Wish> wishes = List.of(wish("k", "1"));
    assertThat(WishCheck.violations(wishes, List.of())).isNotEmpty();
    assertThat(WishCheck.violations(wishes, List.of(stored("1"), stored("2")))).isNotEmpty();
    assertThat(WishCheck.violations(wishes, List.of(stored("1"), stored("1")))).isNotEmpty();
    assertThat(WishCheck.violations(List.of(wish("k", "1"), wish("l", "1")), List.of(stored("1"))))
        .isNotEmpty();
  }

  @Test
  void anOrderThatWasSeenNewerThanItIsInTheEndIsFound() throws Exception {
    JsonNode older = stored("1").put("version", 4);
    assertThat(WishCheck.violations(List.of(wish("k", "1")), List.of(older)))
        .extracting(Violation::promise)
        .containsExactly(Promise.P5);
  }

  @Test
  void anAnswerThatIsNotWhatWasSentOrIsStoredIsFound() throws Exception {
    for (JsonNode answer :
        List.of(stored("1").put("total", 11), stored("1").put("created_at", "then"))) {
      Wish wish = Wishes.acknowledged("k", sent(), answer);
      assertThat(WishCheck.violations(List.of(wish), List.of(stored("1"))))
          .extracting(Violation::promise)
          .containsExactly(Promise.P1);
    }
  }

  @ParameterizedTest
  @CsvSource({"customer_id", "merchant_id", "reference", "currency"})
  void aChangedFieldIsFound(String field) throws Exception {
    ObjectNode changed = stored("1").put(field, "x");
    assertThat(WishCheck.violations(List.of(wish("k", "1")), List.of(changed))).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({"sku", "name", "quantity", "unit_price"})
  void aChangedItemIsFound(String field) throws Exception {
    ObjectNode changed = stored("1");
    ((ObjectNode) changed.get("items").get(1)).put(field, 7);
    assertThat(WishCheck.violations(List.of(wish("k", "1")), List.of(changed))).isNotEmpty();
  }

  @Test
  void aLostItemAndAWrongTotalAreFound() throws Exception {
    ObjectNode shorter = stored("1");
    shorter.withArray("items").remove(1);
    ObjectNode dearer = stored("1").put("total", 11);
    for (JsonNode changed : List.of(shorter, dearer)) {
      assertThat(WishCheck.violations(List.of(wish("k", "1")), List.of(changed))).isNotEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ACCEPTED, cancelled, true",
    "ACCEPTED, completed, false",
    "REFUSED, completed, true",
    "REFUSED, cancelled, false",
    "NOT_ASKED, cancelled, false",
    "NOT_ASKED, failed, true",
    "REFUSED_AFTER_SILENCE, cancelled, true",
    "REFUSED_AFTER_SILENCE, completed, true"
  })
  void aCancelMustEndAsItWasAnswered(Wish.Cancel cancel, String status, boolean fine)
      throws Exception {
    Wish wish = Wishes.cancelled(wish("k", "1"), cancel);
    List<JsonNode> listed = List.of(stored("1").put("status", status));
    assertThat(WishCheck.violations(List.of(wish), listed).isEmpty()).isEqualTo(fine);
  }
}
