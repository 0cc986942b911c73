package orders.application.port;

import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;
import orders.domain.OrderId;

/// A place in the feed of all events: right behind one of them, or before all of a turn. Places are
/// the same on every node, and stay what they are.
///
/// They are in order by turn, then by order, then by number; `since` is no part of what a place is.
///
/// @param since what is behind this place is dated no earlier: how far back to look for it
/// @param turn of whatever changed the events; grows in the order in which changes began
/// @param order of the event; the least of all for a place before all of a turn
/// @param seq number of the event; 0 before all of a turn
public record FeedPosition(Instant since, long turn, OrderId order, long seq)
    implements Comparable<FeedPosition> {
  private static final OrderId LEAST = new OrderId(new UUID(0, 0));

  private static final Comparator<FeedPosition> BY_PLACE =
      Comparator.comparingLong(FeedPosition::turn)
          .thenComparing(FeedPosition::order, FeedPosition::compareBytes)
          .thenComparingLong(FeedPosition::seq);

  public FeedPosition {
    if (turn < 0 || seq < 0) {
      throw new IllegalArgumentException("neither turns nor events have negative numbers");
    }
  }

  public static FeedPosition before(Instant since, long turn) {
    return new FeedPosition(since, turn, LEAST, 0);
  }

  /// The same place, for which one must look back no further than `later`.
  public FeedPosition since(Instant later) {
    return new FeedPosition(later, turn, order, seq);
  }

  @Override
  public int compareTo(FeedPosition other) {
    return BY_PLACE.compare(this, other);
  }

  /// As databases and people compare them, who know of no sign.
  private static int compareBytes(OrderId one, OrderId other) {
    int high =
        Long.compareUnsigned(
            one.value().getMostSignificantBits(), other.value().getMostSignificantBits());
    return high != 0
        ? high
        : Long.compareUnsigned(
            one.value().getLeastSignificantBits(), other.value().getLeastSignificantBits());
  }
}
