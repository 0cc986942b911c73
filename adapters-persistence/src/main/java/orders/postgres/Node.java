package orders.postgres;

import java.time.Duration;

/// This server process among those that share the database.
///
/// @param name tells this process from all others that are running: whoever asks once more to place
///   an order gets its lease only if the node of this name was handed it. Epochs decide everything
///   else, and people see by it who holds an order
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
