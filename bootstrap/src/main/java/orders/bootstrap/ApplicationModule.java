package orders.bootstrap;

import com.github.f4b6a3.uuid.UuidCreator;
import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import orders.application.dispatch.DispatchSettings;
import orders.application.dispatch.Dispatcher;
import orders.application.dispatch.OrderWatch;
import orders.application.dispatch.Retention;
import orders.application.dispatch.RetryPolicy;
import orders.application.dispatch.SystemThreads;
import orders.application.live.FeedPoll;
import orders.application.live.FeedTail;
import orders.application.live.OrderPoll;
import orders.application.port.Database;
import orders.application.port.EndedOrders;
import orders.application.port.EventFeed;
import orders.application.port.OrderChanges;
import orders.application.port.OrderQueries;
import orders.application.port.Orders;
import orders.application.port.Partners;
import orders.application.port.Threads;
import orders.application.port.WorkQueue;
import orders.application.usecase.AwaitOrder;
import orders.application.usecase.CancelOrder;
import orders.application.usecase.CheckReadiness;
import orders.application.usecase.FindOrder;
import orders.application.usecase.FollowEvents;
import orders.application.usecase.FollowOrder;
import orders.application.usecase.ListOrders;
import orders.application.usecase.OrderMover;
import orders.application.usecase.PlaceOrder;
import orders.application.usecase.ReadHistory;
import orders.application.usecase.RetryOrder;
import orders.application.usecase.SettledWrites;
import orders.domain.OrderId;

/// The use cases and the dispatcher, over whatever stands behind the ports.
final class ApplicationModule extends AbstractModule {
  private final DispatchSettings dispatch;
  private final RetryPolicy retries;
  private final Optional<Duration> keepEnded;

  /// @param keepEnded how long ended orders are kept; absent for ever
  ApplicationModule(DispatchSettings dispatch, RetryPolicy retries, Optional<Duration> keepEnded) {
    this.dispatch = dispatch;
    this.retries = retries;
    this.keepEnded = keepEnded;
  }

  @Override
  protected void configure() {
    bind(OrderWatch.class).toInstance(new OrderWatch());
    bind(Threads.class).toInstance(new SystemThreads());
  }

  @Provides
  @Singleton
  Dispatcher dispatcher(WorkQueue queue, Partners partners, OrderWatch watch, Threads threads) {
    return new Dispatcher(queue, partners, watch, retries, dispatch, threads);
  }

  @Provides
  @Singleton
  Optional<Retention> retention(EndedOrders orders, Threads threads) {
    return keepEnded.map(age -> new Retention(orders, age, threads));
  }

  @Provides
  SettledWrites settledWrites(Threads threads) {
    return new SettledWrites(threads, SettledWrites.PATIENCE);
  }

  @Provides
  PlaceOrder placeOrder(
      Orders orders, SettledWrites writes, OrderWatch watch, Dispatcher dispatcher) {
    return new PlaceOrder(
        orders, writes, watch, dispatcher, () -> new OrderId(UuidCreator.getTimeOrderedEpoch()));
  }

  @Provides
  FindOrder findOrder(OrderQueries queries) {
    return new FindOrder(queries);
  }

  @Provides
  AwaitOrder awaitOrder(OrderQueries queries, OrderWatch watch) {
    return new AwaitOrder(queries, watch);
  }

  @Provides
  ListOrders listOrders(OrderQueries queries) {
    return new ListOrders(queries);
  }

  @Provides
  ReadHistory readHistory(OrderQueries queries) {
    return new ReadHistory(queries);
  }

  @Provides
  @Singleton
  OrderPoll orderPoll(OrderWatch watch, OrderChanges changes, Threads threads) {
    return new OrderPoll(watch, changes, threads, OrderPoll.INTERVAL);
  }

  @Provides
  @Singleton
  FeedTail tail(EventFeed feed) {
    return new FeedTail(feed, FeedTail.CAPACITY);
  }

  @Provides
  @Singleton
  FeedPoll feedPoll(EventFeed feed, FeedTail tail, OrderWatch watch, Threads threads) {
    return new FeedPoll(feed, tail, watch, threads, FeedPoll.Pace.USUAL);
  }

  @Provides
  @Singleton
  FollowOrder followOrder(OrderQueries queries, OrderChanges changes, OrderWatch watch) {
    return new FollowOrder(queries, changes, watch);
  }

  @Provides
  @Singleton
  FollowEvents followEvents(EventFeed feed, FeedTail tail) {
    return new FollowEvents(feed, tail);
  }

  @Provides
  OrderMover mover(
      OrderQueries queries,
      Orders orders,
      SettledWrites writes,
      OrderWatch watch,
      Dispatcher dispatcher) {
    return new OrderMover(queries, orders, writes, watch, dispatcher);
  }

  @Provides
  CancelOrder cancelOrder(OrderMover mover) {
    return new CancelOrder(mover);
  }

  @Provides
  RetryOrder retryOrder(OrderMover mover) {
    return new RetryOrder(mover);
  }

  @Provides
  @Singleton
  CheckReadiness checkReadiness(Database database, Dispatcher dispatcher) {
    return new CheckReadiness(database, dispatcher);
  }
}
