package orders.application.live;

import java.time.Duration;
import orders.application.dispatch.OrderWatch;
import orders.application.port.EventFeed;
import orders.application.port.EventFeed.Page;
import orders.application.port.FeedPosition;
import orders.application.port.StoreUnavailable;
import orders.application.port.Threads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads each new event once for all on this node who follow the feed: at once when something
/// happened on this node, else now and then. While nobody follows it, it asks the database for
/// nothing.
public final class FeedPoll {
  /// Of one look.
  private static final int MAX_EVENTS = 5_000;

  /// Between two looks, so many times what the first one took.
  private static final int RESTS_PER_LOOK = 10;

  private static final Duration MUCH_LAG = Duration.ofSeconds(5);

  private static final Logger log = LoggerFactory.getLogger(FeedPoll.class);

  private final EventFeed feed;
  private final FeedTail tail;
  private final OrderWatch watch;
  private final Threads threads;
  private final Pace pace;
  private boolean possible = true;
  private boolean lagging;

  /// @param interval how often to look while nothing happens on this node
  /// @param rest how long not to look again, whatever happens
  public record Pace(Duration interval, Duration rest) {
    public static final Pace USUAL = new Pace(Duration.ofMillis(250), Duration.ofMillis(50));
  }

  public FeedPoll(EventFeed feed, FeedTail tail, OrderWatch watch, Threads threads, Pace pace) {
    this.feed = feed;
    this.tail = tail;
    this.watch = watch;
    this.threads = threads;
    this.pace = pace;
  }

  /// Goes on until the tail is closed.
  public void start() {
    var _ = threads.startService("feed-poll", this::run);
  }

  private void run() {
    try {
      while (tail.awaitReaders()) {
        follow();
      }
    } catch (InterruptedException _) {
      log.error("Interrupted; nobody on this node can follow the feed any more");
      tail.close();
    }
  }

  private void follow() throws InterruptedException {
    try (OrderWatch.Watch changes = watch.watchAll()) {
      for (var end = tail.end(); end.isPresent(); end = tail.end()) {
        long began = threads.nanoTime();
        boolean hasMore = look(end.get());
        Duration rest = rest(Duration.ofNanos(threads.nanoTime() - began));
        if (!hasMore && !watch.awaitStop(rest)) {
          var _ = changes.await(pace.interval().minus(rest));
        }
      }
    }
  }

  /// However much there is to read, most of the time the database is left alone.
  private Duration rest(Duration looked) {
    Duration rest = looked.multipliedBy(RESTS_PER_LOOK);
    return rest.compareTo(pace.rest()) < 0 ? pace.rest() : rest;
  }

  /// @return whether there is more to read at once
  private boolean look(FeedPosition end) {
    try {
      Page page = feed.read(end, MAX_EVENTS);
      tail.append(page);
      tell(page.lag());
      possible = true;
      return !page.isLast();
    } catch (StoreUnavailable e) {
      if (possible) {
        log.warn("Could not read the feed, will try again: {}", e.getMessage());
      }
      possible = false;
    } catch (RuntimeException e) {
      log.error("Could not read the feed, will try again", e);
    }
    return false;
  }

  private void tell(Duration lag) {
    boolean much = lag.compareTo(MUCH_LAG) > 0;
    if (much && !lagging) {
      log.warn(
          "The feed is held back by {} s: some transaction has been writing to this database server"
              + " for that long; see pg_stat_activity for the oldest backend_xid",
          lag.toSeconds());
    } else if (lagging && !much) {
      log.info("The feed is not held back any more");
    }
    lagging = much;
  }
}
