package orders.faults.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpHeaders;
import java.util.Map;

/// Wishes as customers leave them behind.
public final class Wishes {
  private Wishes() {}

  public static Wish acknowledged(String key, JsonNode sent, JsonNode answer) {
    Wish wish = new Wish(key, sent);
    HttpHeaders none = HttpHeaders.of(Map.of(), (_, _) -> true);
    wish.acknowledge(new Storefront.Answer(201, none, answer.toString()));
    return wish;
  }

  public static Wish cancelled(Wish wish, Wish.Cancel outcome) {
    wish.cancelled(outcome);
    return wish;
  }
}
