package orders.domain;

import java.util.List;

/// What came of asking an order to move.
public sealed interface Move {
  /// The order as it is after the move, and what happened, oldest first.
  record Made(Order order, List<Fact> facts) implements Move {
    public Made {
      facts = List.copyOf(facts);
      if (facts.isEmpty()) {
        throw new IllegalArgumentException("a move has at least one fact");
      }
    }

    /// The version the order had before: a store writes the move only over that.
    public long versionBefore() {
      return order.version() - facts.size();
    }
  }

  /// The move is not legal from where the order is; nothing changed.
  ///
  /// @param explanation a sentence for whoever asked
  record Refused(Status status, String explanation) implements Move {}
}
