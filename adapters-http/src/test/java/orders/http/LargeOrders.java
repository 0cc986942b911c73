package orders.http;

/// Orders of which a page is an answer that no buffer of the system takes whole.
final class LargeOrders {
  private static final String LINE =
      "{\"sku\":\"%s\",\"quantity\":1,\"unit_price\":1}".formatted("x".repeat(256));

  private LargeOrders() {}

  static void place(TestServer server) {
    String order = "{\"customer_id\":\"c\",\"items\":[" + (LINE + ",").repeat(99) + LINE + "]}";
    for (int i = 0; i < 20; i++) {
      server.post("/orders", order);
    }
  }
}
