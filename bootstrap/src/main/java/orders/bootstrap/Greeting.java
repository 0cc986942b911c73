package orders.bootstrap;

import orders.bootstrap.logs.LogFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a server says of where it is: to people, or as a line of a log that only machines read.
final class Greeting {
  private static final Logger log = LoggerFactory.getLogger(Greeting.class);

  private Greeting() {}

  /// Once it is ready, with something to try.
  ///
  /// @param withToken whether that takes a token
  static void print(String address, boolean withToken) {
    if (LogFormat.inUse() == LogFormat.JSON) {
      log.info("Orders is ready on {}", address);
      return;
    }
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
    if (LogFormat.inUse() == LogFormat.JSON) {
      log.info("Orders listens on {} and waits for the database {}: {}", address, database, why);
      return;
    }
    System.out.printf(
        "Orders listens on %s and waits for the database %s: %s%n", address, database, why);
  }
}
