package orders.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Where a part of the list begins and ends, to the last digit.
final class ListBoundsTest {
  private final TestServer server = new TestServer();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aBoundBetweenTwoMicrosecondsLiesAfterTheFirst() {
    server.place();
    String at = server.get("/orders").json().get("data").get(0).get("created_at").asText();
    String justAfter = at.replace("Z", "001Z");
    assertThat(server.get("/orders?created_from=" + at).json().get("data")).hasSize(1);
    assertThat(server.get("/orders?created_from=" + justAfter).json().get("data")).isEmpty();
    assertThat(server.get("/orders?created_to=" + at).json().get("data")).isEmpty();
    assertThat(server.get("/orders?created_to=" + justAfter).json().get("data")).hasSize(1);
  }

  @Test
  void aCursorIsTakenOnlyAsItWasGiven() {
    server.place();
    server.place();
    String cursor = server.get("/orders?limit=1").json().get("next_cursor").asText();
    assertThat(server.get("/orders?cursor=" + cursor).json().get("data")).hasSize(1);
    // Its last character holds bits that say nothing.
    char last = cursor.charAt(cursor.length() - 1);
    String alike = cursor.substring(0, cursor.length() - 1) + (char) (last + 1);
    ProblemAssert.isProblem(server.get("/orders?cursor=" + alike), 400);
    ProblemAssert.isProblem(server.get("/orders?cursor=" + cursor + "%3D%3D"), 400);
  }

  @Test
  void aPageOfLargeOrdersEndsEarlyAndThePagesAfterItHaveTheRest() {
    String line = "{\"sku\":\"%s\",\"quantity\":1,\"unit_price\":1}".formatted("x".repeat(256));
    String large = "{\"customer_id\":\"c\",\"items\":[" + (line + ",").repeat(499) + line + "]}";
    List<String> placed = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      placed.addFirst(server.post("/orders", large).json().get("id").asText());
    }
    List<String> listed = new ArrayList<>();
    int pages = 0;
    for (String cursor = "&limit=200"; !cursor.endsWith("=null"); pages++) {
      TestServer.Answer page = server.get("/orders?customer_id=c" + cursor);
      assertThat(page.text().length()).isLessThan(400_000);
      page.json().get("data").forEach(order -> listed.add(order.get("id").asText()));
      cursor = "&cursor=" + page.json().get("next_cursor").asText();
    }
    assertThat(pages).isBetween(3, 5);
    assertThat(listed).isEqualTo(placed);
  }
}
