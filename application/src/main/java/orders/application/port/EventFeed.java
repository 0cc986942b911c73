package orders.application.port;

import java.time.Duration;
import java.util.List;

/// The events of all orders in one order, which is the same for everybody who reads them. Those of
/// one order come as they are numbered.
///
/// What was read once stays as it is: no event ever turns up before one that was read already. So
/// an event is not in the feed as soon as it is durable, but as soon as everything else is decided
/// that could still come before it: whatever else writes to the database at that time, and began
/// earlier.
///
/// Safe from any thread; never waits for writes. Every method throws [StoreUnavailable] if the
/// database cannot be reached.
public interface EventFeed {
  /// The end of the feed as it is now. What becomes durable after this returned will be behind it;
  /// a few of the events of the last seconds may be, too. May wait a moment for what is being
  /// written.
  FeedPosition end();

  /// What is behind `after`, oldest first. Costs the more, the longer ago `after` is: some
  /// milliseconds for the events of each minute.
  ///
  /// A place that is later than [#end], as that of another database, has nothing behind it.
  ///
  /// @param max how many events at most, at least 1
  Page read(FeedPosition after, int max);

  /// A part of the feed.
  ///
  /// @param end where to read on; [FeedPosition#since] moves on with it
  /// @param isLast whether the feed had no more when it was read
  /// @param lag how old the feed's end was then: more than a moment if something holds it back
  record Page(List<FeedEvent> events, FeedPosition end, boolean isLast, Duration lag) {
    public Page {
      events = List.copyOf(events);
    }
  }
}
