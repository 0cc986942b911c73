package orders.postgres;

import java.time.Duration;

/// This server process among those that share the database.
///
/// @param name for people to see who holds an order; need not be unique, since epochs decide
/// @param lease how long this node's claims hold unless renewed, in whole milliseconds
public record Node(String name, Duration lease) {
  public Node {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a node needs a name");
    }
    if (lease.toMillis() < 1) {
      throw new IllegalArgumentException("a lease must last, was " + lease);
    }
  }
}
