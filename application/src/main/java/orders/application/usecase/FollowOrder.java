package orders.application.usecase;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import orders.application.dispatch.OrderWatch;
import orders.application.dispatch.OrderWatch.News;
import orders.application.live.ReadingTurns;
import orders.application.port.OrderChanges;
import orders.application.port.OrderQueries;
import orders.application.port.StoreUnavailable;
import orders.application.port.StoredOrder;
import orders.application.port.Viewer;
import orders.domain.Event;
import orders.domain.Fact;
import orders.domain.OrderId;

/// Follows one order from event to event until it ends. Safe from any thread.
public final class FollowOrder {
  private static final int READING = 16;

  private final OrderQueries queries;
  private final OrderChanges changes;
  private final OrderWatch watch;
  private final ReadingTurns reading = new ReadingTurns(READING);

  public FollowOrder(OrderQueries queries, OrderChanges changes, OrderWatch watch) {
    this.queries = queries;
    this.changes = changes;
    this.watch = watch;
  }

  public sealed interface Outcome {
    /// There is no such order that the viewer may see.
    record Unknown() implements Outcome {}

    /// The order has no event of that number.
    record Beyond() implements Outcome {}

    /// The order has ended, and nothing happened to it behind that event.
    record Ended() implements Outcome {}

    /// @param following to be closed by the caller
    record Follows(Following following) implements Outcome {}
  }

  /// Follows the order from behind the event of that number on; 0 for all of its history.
  ///
  /// @throws StoreUnavailable if the order cannot be looked up
  public Outcome follow(OrderId order, Viewer viewer, long after) throws InterruptedException {
    OrderWatch.Watch news = watch.watch(order);
    Outcome outcome = new Outcome.Unknown();
    try {
      outcome =
          reading
              .read(() -> queries.find(order))
              .filter(viewer::sees)
              .map(found -> outcome(found, after, news))
              .orElse(outcome);
      return outcome;
    } finally {
      if (!(outcome instanceof Outcome.Follows)) {
        news.close();
      }
    }
  }

  private Outcome outcome(StoredOrder found, long after, OrderWatch.Watch news) {
    long version = found.order().version();
    if (after > version) {
      return new Outcome.Beyond();
    }
    if (after == version && found.order().status().isTerminal()) {
      return new Outcome.Ended();
    }
    return new Outcome.Follows(new Following(found.order().id(), after, news));
  }

  private static boolean isEnd(Fact fact) {
    return switch (fact) {
      case Fact.Completed _, Fact.Failed _, Fact.Cancelled _ -> true;
      case Fact.Placed _,
          Fact.StepDone _,
          Fact.StepFailed _,
          Fact.StepDeclined _,
          Fact.StepGivenUp _,
          Fact.CancelRequested _,
          Fact.StepUndone _,
          Fact.UndoFailed _,
          Fact.UndoGivenUp _,
          Fact.Retried _ ->
          false;
    };
  }

  /// One who follows an order. Not for sharing between threads.
  ///
  /// Goes on while the database is away, and gives what happened meanwhile when it is back.
  public final class Following implements AutoCloseable {
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

    private final OrderId order;
    private final OrderWatch.Watch news;
    private long after;
    private boolean unread = true;
    private boolean over;

    private Following(OrderId order, long after, OrderWatch.Watch news) {
      this.order = order;
      this.after = after;
      this.news = news;
    }

    /// Whether no more events will come: the order has ended, or the server stops.
    public boolean isOver() {
      return over;
    }

    /// The next events, without gaps, as soon as there are any; none if there are none within
    /// `atMost`, or if it is over. May return sooner without any. Blocks the calling thread.
    public List<Event> next(Duration atMost) throws InterruptedException {
      if (!over && !unread) {
        await(atMost);
      }
      return over || !unread ? List.of() : read(atMost);
    }

    private void await(Duration atMost) throws InterruptedException {
      News heard = news.awaitNews(atMost);
      unread = heard == News.CHANGED;
      over = heard == News.STOPPING;
    }

    private List<Event> read(Duration atMost) throws InterruptedException {
      Optional<List<Event>> read = reading.tryToRead(() -> changes.events(order, after), atMost);
      if (read.isEmpty()) {
        await(atMost.compareTo(BETWEEN_TRIES) < 0 ? atMost : BETWEEN_TRIES);
        unread = true;
        return List.of();
      }
      unread = false;
      List<Event> events = read.get();
      if (!events.isEmpty()) {
        after = events.getLast().seq();
        news.saw(after);
        over = isEnd(events.getLast().fact());
      }
      return events;
    }

    @Override
    public void close() {
      news.close();
    }
  }
}
