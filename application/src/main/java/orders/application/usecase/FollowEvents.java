package orders.application.usecase;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import orders.application.live.FeedTail;
import orders.application.live.FeedTail.Read;
import orders.application.live.ReadingTurns;
import orders.application.port.EventFeed;
import orders.application.port.EventFeed.Page;
import orders.application.port.FeedEvent;
import orders.application.port.FeedPosition;
import orders.application.port.StoreUnavailable;
import orders.application.port.Viewer;

/// Follows the events of all orders that somebody may see. Safe from any thread.
public final class FollowEvents {
  /// How far back one may begin. It bounds what there is to read for whoever was away.
  public static final Duration WINDOW = Duration.ofMinutes(10);

  /// How many of those who were away may read at once what they missed.
  private static final int READING = 1;

  private static final int AT_ONCE = 1_000;

  private final EventFeed feed;
  private final FeedTail tail;
  private final ReadingTurns reading = new ReadingTurns(READING);

  public FollowEvents(EventFeed feed, FeedTail tail) {
    this.feed = feed;
    this.tail = tail;
  }

  public sealed interface Outcome {
    /// What is behind that place cannot be told any more, or never could.
    record Gone() implements Outcome {}

    /// @param following to be closed by the caller
    record Follows(Following following) implements Outcome {}
  }

  /// Follows the feed from a place on; from its end as it is now if there is none.
  ///
  /// @throws StoreUnavailable if the end of the feed cannot be found out
  public Outcome follow(Viewer viewer, Optional<FeedPosition> after) throws InterruptedException {
    FeedTail.Reader reader = tail.join();
    Optional<Following> following = Optional.empty();
    try {
      FeedPosition from = after.orElse(reader.position());
      if (isThere(from, reader.position())) {
        following = Optional.of(new Following(viewer, reader, from));
      }
      return following.<Outcome>map(Outcome.Follows::new).orElse(new Outcome.Gone());
    } finally {
      if (following.isEmpty()) {
        reader.close();
      }
    }
  }

  /// Another node may be ahead of what this one knows; but none can be ahead of the feed.
  private boolean isThere(FeedPosition place, FeedPosition end) {
    return !place.since().isBefore(end.since().minus(WINDOW))
        && (place.compareTo(end) <= 0 || place.compareTo(feed.end()) <= 0);
  }

  /// One who follows the feed. Not for sharing between threads.
  ///
  /// Goes on while the database is away, and gives what happened meanwhile when it is back.
  public final class Following implements AutoCloseable {
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

    private final Viewer viewer;
    private final FeedTail.Reader reader;
    private FeedPosition position;
    private boolean behind;
    private boolean over;

    private Following(Viewer viewer, FeedTail.Reader reader, FeedPosition from) {
      this.viewer = viewer;
      this.reader = reader;
      this.position = from;
      this.behind = !reader.seek(from);
    }

    /// Whether no more events will come: the server stops, or what comes next was forgotten because
    /// it was not read in time.
    public boolean isOver() {
      return over;
    }

    /// Behind all that was given, and all that was not because the viewer may not see it.
    public FeedPosition position() {
      return position;
    }

    /// The next events that the viewer may see; none if there are none within `atMost`, or if it is
    /// over. May return sooner without any: [#position] has moved on then. Blocks the calling
    /// thread.
    public List<FeedEvent> next(Duration atMost) throws InterruptedException {
      List<FeedEvent> events = behind ? catchUp(atMost) : read(atMost);
      return events.stream().filter(event -> viewer.sees(event.parties())).toList();
    }

    private List<FeedEvent> read(Duration atMost) throws InterruptedException {
      return switch (reader.read(AT_ONCE, atMost)) {
        case Read.Events(var events, FeedPosition end) -> {
          position = end;
          yield events;
        }
        case Read.TooLate _, Read.Stopping _ -> {
          over = true;
          yield List.of();
        }
      };
    }

    private List<FeedEvent> catchUp(Duration atMost) throws InterruptedException {
      Optional<Page> missed = reading.tryToRead(() -> feed.read(position, AT_ONCE), atMost);
      if (missed.isEmpty()) {
        over = reader.awaitStop(atMost.compareTo(BETWEEN_TRIES) < 0 ? atMost : BETWEEN_TRIES);
        return List.of();
      }
      position = missed.get().end();
      behind = !reader.seek(position);
      return missed.get().events();
    }

    @Override
    public void close() {
      reader.close();
    }
  }
}
