package orders.application.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import orders.application.dispatch.DispatchSettings;
import orders.application.dispatch.Dispatcher;
import orders.application.dispatch.OrderWatch;
import orders.application.dispatch.PartnerLimits;
import orders.application.dispatch.RetryPolicy;
import orders.application.fake.InMemoryStore;
import orders.application.port.OrderQueries;
import orders.application.port.Partners;
import orders.application.port.StoreUnavailable;
import orders.application.port.Threads;
import orders.application.usecase.CancelOrder;
import orders.application.usecase.OrderMover;
import orders.application.usecase.PlaceOrder;
import orders.application.usecase.RetryOrder;
import orders.application.usecase.SettledWrites;
import orders.domain.OrderId;
import org.jspecify.annotations.Nullable;

/// One process of the server, from its start to its end.
final class SimulatedNode {
  static final Duration LEASE = Duration.ofSeconds(2);

  private static final RetryPolicy RETRIES =
      new RetryPolicy(4, 4, Duration.ofSeconds(1), Duration.ofMillis(50), Duration.ofMillis(800));
  private static final PartnerLimits LIMITS = new PartnerLimits(2, 4, Duration.ofMillis(600));
  private static final DispatchSettings SETTINGS =
      new DispatchSettings(3, 2, LEASE, Duration.ofMillis(250), LIMITS);

  private final Simulator simulator;
  private final Simulator.Host host = new Simulator.Host();
  private final Dispatcher dispatcher;
  private final OrderQueries queries;
  private final PlaceOrder placeOrder;
  private final CancelOrder cancelOrder;
  private final RetryOrder retryOrder;
  private boolean stopped;

  SimulatedNode(
      String name,
      Simulator simulator,
      Network network,
      InMemoryStore store,
      Partners partners,
      Supplier<OrderId> ids) {
    this.simulator = simulator;
    Threads threads = simulator.threads(host);
    var watch = new OrderWatch();
    var orders = new SimulatedStore.Placing(network, store.orders(name));
    this.queries = new SimulatedStore.Queries(network, store.queries());
    this.dispatcher =
        new Dispatcher(
            new SimulatedStore.Queue(network, store.queue(name)),
            partners,
            watch,
            RETRIES,
            SETTINGS,
            threads);
    var writes = new SettledWrites(threads, Duration.ofSeconds(2));
    var mover = new OrderMover(queries, orders, writes, watch, dispatcher);
    this.placeOrder = new PlaceOrder(orders, writes, watch, dispatcher, ids);
    this.cancelOrder = new CancelOrder(mover);
    this.retryOrder = new RetryOrder(mover);
    dispatcher.start();
  }

  PlaceOrder placeOrder() {
    return placeOrder;
  }

  CancelOrder cancelOrder() {
    return cancelOrder;
  }

  RetryOrder retryOrder() {
    return retryOrder;
  }

  OrderQueries queries() {
    return queries;
  }

  /// Whether it takes requests.
  boolean isUp() {
    return host.isUp() && !stopped;
  }

  /// What a client gets that asks this node.
  ///
  /// @param answer empty if the node ended meanwhile, or did not know
  /// @param nothingHappened whether the node said so
  record Reply<T>(Optional<T> answer, boolean nothingHappened) {}

  <T> Optional<T> ask(Function<SimulatedNode, T> request) {
    return request(request).answer();
  }

  <T> Reply<T> request(Function<SimulatedNode, T> request) {
    var answer = new Answer<T>();
    var changed = new Simulator.SimulatedMonitor(simulator);
    var _ =
        simulator.start(
            host,
            () -> {
              try {
                answer.value = request.apply(this);
              } catch (StoreUnavailable e) {
                answer.refused = true;
                answer.nothingHappened = e.effect() == StoreUnavailable.Effect.NONE;
              }
              changed.changed();
            });
    try {
      changed.await(() -> answer.value != null || answer.refused, Duration.ofSeconds(30));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return new Reply<>(Optional.ofNullable(answer.value), answer.nothingHappened);
  }

  private static final class Answer<T> {
    private @Nullable T value;
    private boolean refused;
    private boolean nothingHappened;
  }

  void crash() {
    simulator.crash(host);
  }

  void sleep(Duration duration) {
    simulator.putToSleep(host, duration);
  }

  /// Stops in good order, and returns when that is done.
  void stop(Duration grace) {
    stopped = true;
    var done = new Answer<Boolean>();
    var changed = new Simulator.SimulatedMonitor(simulator);
    var _ =
        simulator.start(
            host,
            () -> {
              dispatcher.stop(grace);
              done.value = true;
              changed.changed();
            });
    try {
      changed.await(() -> done.value != null, Duration.ofMinutes(1));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    simulator.crash(host);
  }

  /// Orders that its workers are busy with.
  int busyWorkers() {
    return dispatcher.busyWorkers();
  }

  long staleWrites() {
    return dispatcher.staleWrites();
  }

  /// How many orders it could take on right now; takes that many slots for a moment.
  int freeSlots() {
    int free = 0;
    Optional<Dispatcher.Slot> slot = dispatcher.reserve();
    var taken = new ArrayList<Dispatcher.Slot>();
    while (slot.isPresent()) {
      taken.add(slot.get());
      free++;
      slot = dispatcher.reserve();
    }
    taken.forEach(Dispatcher.Slot::close);
    return free;
  }

  static int slots() {
    return SETTINGS.workers() + SETTINGS.queueCapacity();
  }
}
