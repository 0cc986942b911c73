package orders.application.live;

import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import orders.application.port.FeedEvent;
import orders.application.port.FeedPosition;
import org.jspecify.annotations.Nullable;

/// The newest events of a feed, up to so many: each that is too many takes the oldest one's place.
/// They are numbered from the first that ever was here. Not for sharing between threads.
final class RecentEvents {
  /// Each at its number modulo the length.
  private final @Nullable FeedEvent[] events;

  private long first;
  private long next;

  /// Behind what was here before the first event that still is.
  private FeedPosition start = FeedPosition.before(Instant.EPOCH, 0);

  /// @param capacity how many there are at most
  RecentEvents(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("a reader needs something to read");
    }
    this.events = new @Nullable FeedEvent[capacity];
  }

  /// Holds none, and goes on with what is behind the place.
  void beginBehind(FeedPosition place) {
    forget();
    start = place;
  }

  void forget() {
    Arrays.fill(events, null);
    first = next;
  }

  void add(FeedEvent event) {
    if (next - first == events.length) {
      start = at(first).position();
      first++;
    }
    events[index(next++)] = event;
  }

  /// The number of the oldest that is here.
  long first() {
    return first;
  }

  /// The number that the next one will have.
  long next() {
    return next;
  }

  FeedEvent at(long number) {
    return Objects.requireNonNull(events[index(number)]);
  }

  /// Whether everything behind the place is here, of what was added.
  boolean reachBackTo(FeedPosition place) {
    return place.compareTo(start) >= 0;
  }

  /// The number of the oldest that is behind the place.
  long firstBehind(FeedPosition place) {
    long low = first;
    long high = next;
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (at(middle).position().compareTo(place) > 0) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private int index(long number) {
    return (int) (number % events.length);
  }
}
