package orders.application.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Collectors;
import orders.application.fake.InMemoryStore;
import orders.application.fake.SamplePurchases;
import orders.application.port.IdempotencyKey;
import orders.application.port.OrderQueries;
import orders.application.port.Origin;
import orders.application.port.Partner;
import orders.application.port.Partners;
import orders.application.port.StoredOrder;
import orders.application.port.Viewer;
import orders.application.usecase.Expected;
import orders.application.usecase.Moved;
import orders.application.usecase.PlaceOrder.Outcome;
import orders.domain.Event;
import orders.domain.Fact;
import orders.domain.Order;
import orders.domain.OrderId;
import orders.domain.State;
import orders.domain.Status;
import orders.domain.Step;

/// One life of the whole system, from a seed: nodes under load and faults, then calm, then the
/// promises are checked.
final class World {
  private static final Duration TROUBLED = Duration.ofSeconds(8);

  private final SplittableRandom random;
  private final Simulator simulator;
  private final Simulator.Host outside = new Simulator.Host();
  private final Network network;
  private final InMemoryStore store;
  private final LedgerPartner partner;
  private final List<SimulatedNode> nodes = new ArrayList<>();
  private final List<OrderId> acknowledged = new ArrayList<>();
  private final Map<Status, Integer> ends = new LinkedHashMap<>();
  private final int orders;
  private boolean calm;
  private int unanswered;
  private int unknown;
  private int incarnations;
  private long lastId;
  private int refusedCancels;

  World(long seed) {
    simulator = new Simulator(seed);
    random = simulator.random();
    network = new Network(simulator);
    store = new InMemoryStore(SimulatedNode.LEASE, simulator::nanoTime);
    partner = new LedgerPartner(simulator, network);
    orders = 3 + random.nextInt(6);
    int size = 1 + random.nextInt(3);
    for (int i = 0; i < size; i++) {
      nodes.add(newNode());
    }
  }

  /// @throws AssertionError if a promise is broken
  void live() {
    try {
      network.lose(random.nextInt(3) == 0 ? 0 : random.nextDouble() * 0.2);
      partner.cause(random.nextInt(3) == 0 ? 0 : random.nextDouble() * 0.4);
      for (int i = 0; i < orders; i++) {
        var key = new IdempotencyKey("key-" + i);
        boolean keyed = random.nextInt(3) > 0;
        var _ = simulator.start(outside, () -> client(Optional.of(key).filter(_ -> keyed)));
      }
      var _ = simulator.start(outside, this::chaos);
      var _ = simulator.start(outside, this::operator);
      assertThat(simulator.run(this::isSettled, Duration.ofHours(1)))
          .as(() -> "P2: every order ends after the faults; left: " + left())
          .isTrue();
      // What is still on its way somewhere must change nothing any more.
      simulator.run(() -> false, Duration.ofSeconds(30));
      check();
    } finally {
      simulator.close();
    }
  }

  private SimulatedNode newNode() {
    return new SimulatedNode(
        "node-" + ++incarnations,
        simulator,
        network,
        store,
        new Partners(partner, partner, partner),
        () -> new OrderId(new UUID(0x7000L, ++lastId)));
  }

  private SimulatedNode anyNode() {
    return nodes.get(random.nextInt(nodes.size()));
  }

  private void pause(long mostMillis) {
    simulator.sleep(Duration.ofMillis(random.nextLong(mostMillis)));
  }

  /// Places one order: with a key again and again until it is acknowledged, without one only as
  /// long as it knows that nothing happened.
  private void client(Optional<IdempotencyKey> key) {
    unanswered++;
    pause(4_000);
    Optional<Outcome> answer = Optional.empty();
    while (answer.isEmpty()) {
      SimulatedNode node = anyNode();
      if (node.isUp()) {
        SimulatedNode.Reply<Outcome> reply =
            node.request(
                it -> it.placeOrder().place(SamplePurchases.bookcases(), Origin.ofKey(key)));
        answer = reply.answer();
        if (answer.isEmpty() && key.isEmpty() && !reply.nothingHappened()) {
          unknown++;
          unanswered--;
          return;
        }
      }
      pause(300);
    }
    OrderId id =
        switch (answer.get()) {
          case Outcome.Accepted(StoredOrder order) -> order.order().id();
          case Outcome.KeyTaken _ -> throw new AssertionError("P6: the key is ours: " + key);
        };
    acknowledged.add(id);
    unanswered--;
    follow(id);
  }

  /// Reads the order now and then, from any node, and may cancel it.
  private void follow(OrderId id) {
    long version = 0;
    boolean cancels = random.nextInt(3) == 0;
    for (int i = 0; i < 4; i++) {
      Optional<Optional<StoredOrder>> read = anyNode().ask(node -> node.queries().find(id));
      if (read.isPresent()) {
        StoredOrder found = read.get().orElseThrow(() -> new AssertionError("P5: lost: " + id));
        assertThat(found.order().version())
            .as("P5: %s goes on", id)
            .isGreaterThanOrEqualTo(version);
        version = found.order().version();
      }
      pause(1_500);
      if (cancels && random.nextInt(2) == 0) {
        cancels = false;
        Optional<Moved> moved =
            anyNode()
                .ask(node ->
                    node.cancelOrder().cancel(id, new Viewer.Unrestricted(), new Expected.Any()));
        if (moved.isPresent() && moved.get() instanceof Moved.Refused) {
          refusedCancels++;
        }
      }
    }
  }

  /// Breaks things for a while, and mends them.
  private void chaos() {
    long end = simulator.nanoTime() + TROUBLED.toNanos();
    while (simulator.nanoTime() < end) {
      pause(1_500);
      int i = random.nextInt(nodes.size());
      SimulatedNode node = nodes.get(i);
      switch (random.nextInt(8)) {
        case 0, 1 -> {
          node.crash();
          pause(1_000);
          nodes.set(i, newNode());
        }
        case 2 -> {
          node.stop(Duration.ofMillis(random.nextLong(3_000)));
          nodes.set(i, newNode());
        }
        case 3 -> node.sleep(SimulatedNode.LEASE.multipliedBy(1 + random.nextInt(3)));
        case 4 -> {
          network.setDatabaseUp(false);
          pause(3_000);
          network.setDatabaseUp(true);
        }
        case 5 -> {
          partner.setOut(true);
          pause(4_000);
          partner.setOut(false);
        }
        default -> pause(500);
      }
    }
    network.lose(0);
    partner.cause(0);
    calm = true;
  }

  /// Has parked orders go on, and starts some failed ones again.
  private void operator() {
    int retries = 2;
    while (true) {
      pause(2_000);
      for (StoredOrder order :
          store.queries().list(OrderQueries.Filter.NONE, Optional.empty(), 100)) {
        boolean parked = order.order().state() instanceof State.Parked;
        boolean again = order.order().status() == Status.FAILED && !calm && retries > 0;
        if (parked || again) {
          retries -= again ? 1 : 0;
          var _ =
              anyNode()
                  .ask(node ->
                      node.retryOrder()
                          .retry(
                              order.order().id(), new Viewer.Unrestricted(), new Expected.Any()));
        }
      }
    }
  }

  private boolean isSettled() {
    return calm && unanswered == 0 && left().isEmpty();
  }

  private List<Order> left() {
    return stored().stream().filter(order -> !order.status().isTerminal()).toList();
  }

  private List<Order> stored() {
    return store.queries().list(OrderQueries.Filter.NONE, Optional.empty(), 100).stream()
        .map(StoredOrder::order)
        .toList();
  }

  private void check() {
    List<Order> stored = stored();
    List<OrderId> ids = stored.stream().map(Order::id).toList();
    assertThat(ids).as("P1: an order for each acknowledgement").containsAll(acknowledged);
    assertThat(acknowledged).as("P6: an acknowledgement for each order").doesNotHaveDuplicates();
    assertThat(ids)
        .as("P1, P6: no order that nobody can have sent")
        .hasSizeBetween(acknowledged.size(), acknowledged.size() + unknown);
    for (Order order : stored) {
      ends.merge(order.status(), 1, Integer::sum);
      checkHistory(order);
      checkPartners(order);
    }
    assertThat(simulator.run(this::isIdle, Duration.ofSeconds(30)))
        .as("every worker is idle again, and every slot free")
        .isTrue();
  }

  private boolean isIdle() {
    return nodes.stream()
        .allMatch(node -> node.busyWorkers() == 0 && node.freeSlots() == SimulatedNode.slots());
  }

  private void checkHistory(Order order) {
    List<Event> history = store.queries().history(order.id()).orElseThrow();
    assertThat(history).as("P3: %s", order).hasSize(Math.toIntExact(order.version()));
    Fact last = history.getLast().fact();
    assertThat(
            switch (order.status()) {
              case COMPLETED -> last instanceof Fact.Completed;
              case FAILED -> last instanceof Fact.Failed;
              case CANCELLED -> last instanceof Fact.Cancelled;
              case PENDING, PROCESSING, COMPENSATING -> false;
            })
        .as("P3: the last event agrees: %s", history)
        .isTrue();
  }

  private void checkPartners(Order order) {
    List<String> expected =
        order.status() == Status.COMPLETED
            ? List.of(Step.values()).stream()
                .map(step -> new Partner.Call(order, step, 1).key())
                .toList()
            : List.of();
    assertThat(partner.held(order.id()))
        .as("P4: what partners hold for %s", order)
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  /// How many orders ended how.
  Map<Status, Integer> ends() {
    return ends;
  }

  int refusedCancels() {
    return refusedCancels;
  }

  /// How many writes were refused since their lease had been lost, by the nodes that are left.
  long staleWrites() {
    return nodes.stream().mapToLong(SimulatedNode::staleWrites).sum();
  }

  /// All that happened, and when.
  String chronicle() {
    return stored().stream()
        .map(order -> order.id() + ": " + store.queries().history(order.id()).orElseThrow())
        .collect(Collectors.joining("\n"));
  }
}
