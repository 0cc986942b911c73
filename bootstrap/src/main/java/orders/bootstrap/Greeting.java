package orders.bootstrap;

/// What a server says once it is ready: where it is, and something to try.
final class Greeting {
  private Greeting() {}

  static void print(String address) {
    System.out.printf(
        """

        Orders is ready on %1$s
        Try it:
          curl -i %1$s/orders -H 'Content-Type: application/json' -d '{"customer_id": "me", "items": [{"sku": "pizza", "quantity": 2, "unit_price": 1250}]}'

        """,
        address);
  }
}
