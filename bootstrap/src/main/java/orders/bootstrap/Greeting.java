package orders.bootstrap;

/// What a server says of where it is.
final class Greeting {
  private Greeting() {}

  /// Once it is ready, with something to try.
  ///
  /// @param withToken whether that takes a token
  static void print(String address, boolean withToken) {
    System.out.printf(
        """

        Orders is ready on %1$s
        Try it:
          curl -i %1$s/orders -H 'Content-Type: application/json'%2$s -d '{"customer_id": "me", "items": [{"sku": "pizza", "quantity": 2, "unit_price": 1250}]}'

        """,
        address, withToken ? " -H \"Authorization: Bearer $TOKEN\"" : "");
  }

  /// While it cannot be ready.
  static void printWaiting(String address, String database, String why) {
    System.out.printf(
        "Orders listens on %s and waits for the database %s: %s%n", address, database, why);
  }
}
