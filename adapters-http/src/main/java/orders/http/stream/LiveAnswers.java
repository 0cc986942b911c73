package orders.http.stream;

import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import orders.application.port.FeedEvent;
import orders.application.port.FeedPosition;
import orders.application.usecase.FollowEvents;
import orders.application.usecase.FollowOrder;
import orders.domain.Event;
import orders.domain.OrderId;
import orders.http.access.Principal;
import orders.http.limit.Shares;
import orders.http.wire.EventView;
import orders.http.wire.ProblemType;
import orders.http.wire.RefusedRequest;

/// Answers that go on for as long as something happens. Safe from any thread.
public final class LiveAnswers {
  private final FollowOrder followOrder;
  private final FollowEvents followEvents;
  private final Streams streams;

  /// @param shares of the streams that there may be
  public LiveAnswers(
      FollowOrder followOrder, FollowEvents followEvents, StreamSettings settings, Shares shares) {
    this.followOrder = followOrder;
    this.followEvents = followEvents;
    this.streams = new Streams(settings, shares);
  }

  /// Whether events are wanted rather than JSON, where there are both.
  public static boolean isWanted(Context context) {
    return Accepted.by(context).prefersEvents();
  }

  /// Answers with what happened to an order and what happens to it, until it ends.
  ///
  /// @return false if there is no such order that the principal may see; nothing was answered then
  public boolean order(Context context, Principal principal, OrderId order)
      throws InterruptedException {
    long after = LastEventId.number(context);
    switch (followOrder.follow(order, principal.viewer(), after)) {
      case FollowOrder.Outcome.Unknown _ -> {
        return false;
      }
      case FollowOrder.Outcome.Beyond _ -> throw LastEventId.malformed();
      // Tells an EventSource to come no more.
      case FollowOrder.Outcome.Ended _ -> context.status(204).header("Cache-Control", "no-store");
      case FollowOrder.Outcome.Follows(FollowOrder.Following following) -> {
        try (following) {
          streams.run(context, principal, new OfOrder(following));
        }
      }
    }
    return true;
  }

  /// Answers with what happens to all orders that the principal may see.
  public void events(Context context, Principal principal) throws InterruptedException {
    if (!Accepted.by(context).includesEvents()) {
      throw new RefusedRequest(
          ProblemType.NOT_ACCEPTABLE, "This is told as text/event-stream only.");
    }
    Optional<FeedPosition> after = LastEventId.place(context);
    switch (followEvents.follow(principal.viewer(), after)) {
      case FollowEvents.Outcome.Gone _ ->
          throw new RefusedRequest(
              ProblemType.GONE,
              "What happened since then is not told any more. Read the orders, and begin anew without"
                  + " Last-Event-ID.");
      case FollowEvents.Outcome.Follows(FollowEvents.Following following) -> {
        try (following) {
          streams.run(context, principal, new OfAll(following));
        }
      }
    }
  }

  private record OfOrder(FollowOrder.Following following) implements Streams.Source {
    @Override
    public void addStart(EventStream stream) {
      // The history comes first, and at once.
    }

    @Override
    public boolean addNext(EventStream stream, Duration atMost)
        throws IOException, InterruptedException {
      for (Event event : following.next(atMost)) {
        EventView view = EventView.of(event);
        stream.add(Long.toString(view.seq()), view.type(), view);
      }
      return !following.isOver();
    }

    @Override
    public void addHeartbeat(EventStream stream) {
      stream.addHeartbeat();
    }
  }

  /// Its client is told where it is before anything happens, and now and then while nothing happens
  /// that it may see: who comes again misses nothing, and is not sent back to what it saw last.
  private record OfAll(FollowEvents.Following following) implements Streams.Source {
    @Override
    public void addStart(EventStream stream) {
      stream.addPlace(LastEventId.of(following.position()));
    }

    @Override
    public boolean addNext(EventStream stream, Duration atMost)
        throws IOException, InterruptedException {
      List<FeedEvent> events = following.next(atMost);
      for (FeedEvent event : events) {
        FeedEventView view = FeedEventView.of(event);
        stream.add(LastEventId.of(event.position()), view.event().type(), view);
      }
      return !following.isOver();
    }

    @Override
    public void addHeartbeat(EventStream stream) {
      stream.addHeartbeat();
      stream.addPlace(LastEventId.of(following.position()));
    }
  }
}
