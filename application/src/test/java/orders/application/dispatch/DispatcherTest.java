package orders.application.dispatch;

import static orders.application.fake.Eventually.eventually;
import static orders.application.fake.TestNode.pool;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import orders.application.fake.InMemoryStore;
import orders.application.fake.ScriptedPartner;
import orders.application.fake.TestNode;
import orders.application.port.OrderQueries;
import orders.application.port.Partner;
import orders.application.port.Partner.Call;
import orders.application.port.Partner.Result;
import orders.application.port.Partner.Trouble;
import orders.application.port.Waiting;
import orders.domain.OrderId;
import orders.domain.Reason;
import orders.domain.State;
import orders.domain.Status;
import orders.domain.Step;
import org.junit.jupiter.api.Test;

/// What the pool holds, in which order it takes work, and how it stops.
final class DispatcherTest {
  private final InMemoryStore store = new InMemoryStore();
  private final ScriptedPartner partner = new ScriptedPartner();
  private final Semaphore gate = new Semaphore(0);

  private Result onceLetThrough(Call call) {
    try {
      gate.acquire();
      return ScriptedPartner.done(call);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private TestNode node(String name, int workers, int queueCapacity) {
    return new TestNode(store, name, partner.asPartners(), pool(workers, queueCapacity));
  }

  private static List<OrderId> place(TestNode node, int count) {
    return IntStream.range(0, count).mapToObj(_ -> node.place()).toList();
  }

  private long held(List<OrderId> orders) {
    return orders.stream().filter(order -> store.holder(order).isPresent()).count();
  }

  @Test
  void whoeverPlacesAnOrderNeverWaitsForAWorker() {
    partner.answers(this::onceLetThrough);
    try (TestNode node = node("a", 1, 1)) {
      List<OrderId> orders = place(node, 100);
      assertThat(store.size()).isEqualTo(100);
      // One with the worker, one in memory, the rest in the database.
      eventually("the pool is full", () -> held(orders) == 2 && partner.asked().size() == 1);
      gate.release(1_000);
      orders.forEach(order -> node.awaitStatus(order, Status.COMPLETED));
    }
  }

  @Test
  void asManyOrdersAreInProgressAsThereAreWorkersAndNoMore() {
    partner.answers(this::onceLetThrough);
    try (TestNode node = node("a", 4, 8)) {
      List<OrderId> orders = place(node, 100);
      eventually("all slots are taken", () -> held(orders) == 12);
      eventually("four are asked about", () -> partner.asked().size() == 4);
      for (int asked = 5; asked <= 100; asked++) {
        gate.release();
        int expected = asked;
        eventually("one more is asked about", () -> partner.asked().size() >= expected);
        assertThat(partner.asked()).hasSize(expected);
        assertThat(node.dispatcher.busyWorkers()).isEqualTo(4);
      }
      gate.release(1_000);
      orders.forEach(order -> node.awaitStatus(order, Status.COMPLETED));
    }
  }

  @Test
  void allOfManyOrdersPlacedAtOnceAreWorkedOnOnce() throws InterruptedException {
    try (TestNode a = node("a", 8, 8);
        TestNode b = node("b", 8, 8)) {
      List<Thread> clients =
          IntStream.range(0, 16)
              .mapToObj(i -> Thread.ofVirtual().start(() -> place(i % 2 == 0 ? a : b, 100)))
              .toList();
      for (Thread client : clients) {
        client.join();
      }
      eventually(
          "all 1,600 orders are completed",
          () ->
              store.queries().list(OrderQueries.Filter.NONE, Optional.empty(), 2_000).stream()
                      .filter(stored -> stored.order().status() == Status.COMPLETED)
                      .count()
                  == 1_600);
      assertThat(partner.asked()).hasSize(1_600 * 3);
    }
  }

  /// Looks for work on its own only when hours have passed: whatever moves, moves because it was
  /// told.
  private TestNode nodeThatIsTold(int workers, int queueCapacity) {
    var settings =
        new DispatchSettings(
            workers, queueCapacity, Duration.ofMillis(30), Duration.ofHours(1), TestNode.NO_LIMITS);
    return new TestNode(store, "a", partner.asPartners(), settings);
  }

  @Test
  void anOrderThatWaitsInTheDatabaseGoesBeforeANewcomer() {
    partner.answers(this::onceLetThrough);
    try (TestNode node = nodeThatIsTold(1, 4)) {
      List<OrderId> first = place(node, 7);
      eventually("five are held", () -> held(first) == 5);
      gate.release(3);
      eventually("the oldest has ended", () -> node.find(first.getFirst()).status().isTerminal());
      // One slot is free now, but claiming waits for two.
      OrderId newcomer = node.place();
      assertThat(store.holder(newcomer)).isEmpty();
      gate.release(100);
      node.awaitStatus(newcomer, Status.COMPLETED);
    }
  }

  @Test
  void anOrderThatMissedASlotDoesNotSendTheNextOnesTheSameWay() {
    try (TestNode node = node("a", 4, 4)) {
      for (int i = 0; i < 100; i++) {
        node.dispatcher.workIsWaiting();

        Optional<Dispatcher.Slot> reserved = node.dispatcher.reserve();

        assertThat(reserved).isPresent();
        reserved.ifPresent(Dispatcher.Slot::close);
      }
    }
  }

  @Test
  void ordersThatFoundNoSlotAreClaimedAsSoonAsThereIsOne() {
    try (TestNode node = nodeThatIsTold(2, 2)) {
      List<OrderId> orders = place(node, 200);
      orders.forEach(order -> node.awaitStatus(order, Status.COMPLETED));
    }
  }

  @Test
  void waitingOrdersAreNotForgottenOverALookThatFailed() {
    partner.answers(this::onceLetThrough);
    try (TestNode node = nodeThatIsTold(1, 1)) {
      List<OrderId> orders = place(node, 5);
      eventually("two are held", () -> held(orders) == 2);
      gate.release(2);
      eventually("one step is left", () -> node.find(orders.getFirst()).version() == 3);
      store.failNextClaim();
      gate.release(1);
      eventually("the look failed", () -> store.failedClaims() == 1);
      gate.release(100);
      orders.forEach(order -> node.awaitStatus(order, Status.COMPLETED));
    }
  }

  @Test
  void theLeaseOfAnOrderInProgressIsRenewedAgainAndAgain() {
    partner.answers(this::onceLetThrough);
    try (TestNode node = nodeThatIsTold(1, 1)) {
      OrderId order = node.place();
      int before = store.renewals(order);
      eventually("its lease was renewed", () -> store.renewals(order) >= before + 3);
      gate.release(3);
      node.awaitStatus(order, Status.COMPLETED);
    }
  }

  @Test
  void aDeadNodesWorkIsTakenOverOnceItsLeaseExpired() {
    TestNode placing = node("b", 1, 1);
    placing.close();
    OrderId order = placing.place();
    assertThat(store.queue("dead").claim(1)).hasSize(1);
    try (TestNode node = node("a", 1, 1)) {
      OrderId other = node.place();
      node.awaitStatus(other, Status.COMPLETED);
      assertThat(store.holder(order)).contains("dead");
      store.passTime(Duration.ofSeconds(31));
      node.awaitStatus(order, Status.COMPLETED);
    }
  }

  @Test
  void anOutageOfTheStoreIsSurvivedWithoutAskingAPartnerAgain() {
    partner.answers(this::onceLetThrough);
    try (TestNode node = node("a", 2, 2)) {
      OrderId order = node.place();
      eventually("the first step runs", () -> partner.asked().size() == 1);
      store.setReachable(false);
      gate.release(3);
      int refused = store.refusals();
      eventually("the store is asked in vain", () -> store.refusals() > refused + 10);
      assertThat(node.dispatcher.busyWorkers()).isEqualTo(1);
      store.setReachable(true);
      node.awaitStatus(order, Status.COMPLETED);
      assertThat(partner.asked()).hasSize(3);
    }
  }

  @Test
  void aWriteWhoseOutcomeIsUnknownIsFoundOutAndTheWorkerGoesOn() {
    try (TestNode node = node("a", 2, 2)) {
      partner.answers(call -> {
        store.loseNextAnswer();
        return ScriptedPartner.done(call);
      });
      OrderId order = node.place();
      // Long before its lease, of half a minute, could have run out.
      node.awaitStatus(order, Status.COMPLETED);
      assertThat(node.find(order).version()).isEqualTo(5);
      assertThat(partner.asked())
          .containsExactly("do CONFIRMATION#1", "do PAYMENT#1", "do DELIVERY#1");
      assertThat(node.dispatcher.staleWrites()).isZero();
    }
  }

  @Test
  void aWorkerWhoseLeaseWasTakenOverStopsAtItsNextWriteAndIsCounted() {
    partner.answers(this::onceLetThrough);
    var asleep =
        new DispatchSettings(1, 1, Duration.ofHours(1), Duration.ofHours(1), TestNode.NO_LIMITS);
    try (TestNode node = new TestNode(store, "a", partner.asPartners(), asleep)) {
      OrderId order = node.place();
      eventually("the step runs", () -> partner.asked().size() == 1);
      store.passTime(Duration.ofMinutes(1));
      assertThat(store.queue("b").claim(1)).hasSize(1);
      gate.release(10);
      eventually("the worker stops", () -> node.dispatcher.busyWorkers() == 0);
      assertThat(node.dispatcher.staleWrites()).isEqualTo(1);
      assertThat(partner.asked()).containsExactly("do CONFIRMATION#1");
      assertThat(store.holder(order)).contains("b");
      assertThat(node.find(order).version()).isEqualTo(1);
    }
  }

  @Test
  void whileAPartnerIsOutItsOrdersWaitAndOthersGoOn() {
    AtomicBoolean out = new AtomicBoolean(true);
    partner.answers(call ->
        out.get() && call.step() == Step.PAYMENT
            ? new Result.Retry(Reason.of("connection refused"), Trouble.SILENCE)
            : ScriptedPartner.done(call));
    var limits = new PartnerLimits(10, 3, Duration.ofMillis(20));
    var settings = new DispatchSettings(4, 4, Duration.ofSeconds(30), Duration.ofMillis(5), limits);
    try (TestNode node = new TestNode(store, "a", partner.asPartners(), settings)) {
      List<OrderId> orders = place(node, 20);
      eventually(
          "all are confirmed",
          () -> partner.asked().stream().filter("do CONFIRMATION#1"::equals).count() == 20);
      eventually(
          "some wait for the breaker",
          () ->
              orders.stream()
                  .map(id -> store.queries().find(id).orElseThrow().waiting().orElseThrow())
                  .anyMatch(Waiting.ForBreaker.class::isInstance));
      // Far more failures than an order may have: but they are the partner's.
      eventually(
          "the partner is asked in vain again and again",
          () -> partner.asked().stream().filter(call -> call.contains("PAYMENT")).count() > 80);
      out.set(false);
      orders.forEach(order -> node.awaitStatus(order, Status.COMPLETED));
    }
  }

  @Test
  void anOrderThatIsAnsweredWithFaultsIsGivenUpEvenIfItsOwnFailuresOpenTheBreaker() {
    partner.answers(call ->
        call.step() == Step.PAYMENT
            ? new Result.Retry(Reason.of("answered 500"), Trouble.FAULT)
            : ScriptedPartner.done(call));
    var limits = new PartnerLimits(10, 1, Duration.ofMillis(20));
    var settings = new DispatchSettings(4, 4, Duration.ofSeconds(30), Duration.ofMillis(5), limits);
    try (TestNode node = new TestNode(store, "a", partner.asPartners(), settings)) {
      OrderId order = node.place();
      node.awaitStatus(order, Status.FAILED);
      assertThat(partner.asked()).contains("do PAYMENT#3").doesNotContain("do PAYMENT#4");
    }
  }

  @Test
  void anUndoThatIsAnsweredWithFaultsParksItsOrderEvenIfItsOwnFailuresOpenTheBreaker() {
    partner.answers(call ->
        call.step() == Step.PAYMENT
            ? new Result.Declined(Reason.of("no"))
            : ScriptedPartner.done(call));
    partner.answersUndo(_ -> new Partner.Undo.Retry(Reason.of("answered 500"), Trouble.FAULT));
    var limits = new PartnerLimits(10, 1, Duration.ofMillis(20));
    var settings = new DispatchSettings(4, 4, Duration.ofSeconds(30), Duration.ofMillis(5), limits);
    try (TestNode node = new TestNode(store, "a", partner.asPartners(), settings)) {
      OrderId order = node.place();
      eventually("it is parked", () -> node.find(order).state() instanceof State.Parked);
    }
  }

  @Test
  void aPartnerThatIsBusyIsAskedAsOftenAsItTakes() {
    partner.answers(call ->
        call.step() == Step.PAYMENT && call.attempt() < 10
            ? new Result.Retry(Reason.of("busy"), Trouble.BUSY)
            : ScriptedPartner.done(call));
    try (TestNode node = node("a", 4, 4)) {
      node.awaitStatus(node.place(), Status.COMPLETED);
    }
  }

  @Test
  void aSlowPartnerDoesNotTakeAllWorkers() {
    partner.answers(
        call -> call.step() == Step.DELIVERY ? onceLetThrough(call) : ScriptedPartner.done(call));
    var limits = new PartnerLimits(2, 3, Duration.ofMillis(20));
    var settings = new DispatchSettings(3, 3, Duration.ofSeconds(30), Duration.ofMillis(5), limits);
    try (TestNode node = new TestNode(store, "a", partner.asPartners(), settings)) {
      List<OrderId> slow = place(node, 10);
      eventually(
          "all are paid", () -> slow.stream().allMatch(order -> node.find(order).version() == 3));
      assertThat(partner.asked().stream().filter(call -> call.contains("DELIVERY")).count())
          .isLessThanOrEqualTo(2);
      gate.release(10);
      slow.forEach(order -> node.awaitStatus(order, Status.COMPLETED));
    }
  }

  @Test
  void stoppingFinishesTheRunningStepAndGivesTheRestBack() throws InterruptedException {
    partner.answers(this::onceLetThrough);
    TestNode node = node("a", 1, 3);
    List<OrderId> orders = place(node, 4);
    eventually("one step runs", () -> partner.asked().size() == 1);
    Thread stopping = Thread.ofVirtual().start(node::close);
    eventually("only the running one is held", () -> held(orders) == 1);
    gate.release();
    stopping.join();

    assertThat(held(orders)).isZero();
    assertThat(partner.asked()).hasSize(1);
    assertThat(orders.stream().mapToLong(order -> node.find(order).version()).sum()).isEqualTo(5);
    assertThat(node.dispatcher.reserve()).isEmpty();

    gate.release(100);
    try (TestNode next = node("b", 1, 3)) {
      orders.forEach(order -> next.awaitStatus(order, Status.COMPLETED));
    }
  }

  @Test
  void aStepThatDoesNotFinishInTimeIsInterruptedAndItsOrderGivenBack() {
    CountDownLatch interrupted = new CountDownLatch(1);
    partner.answers(call -> {
      try {
        new Semaphore(0).acquire();
        return ScriptedPartner.done(call);
      } catch (InterruptedException e) {
        interrupted.countDown();
        throw new IllegalStateException(e);
      }
    });
    TestNode node = node("a", 1, 1);
    OrderId order = node.place();
    eventually("the step runs", () -> partner.asked().size() == 1);
    node.dispatcher.stop(Duration.ofMillis(20));

    assertThat(store.holder(order)).isEmpty();
    assertThat(node.find(order).version()).as("no failed attempt is recorded").isEqualTo(1);
    eventually("the call is interrupted", () -> interrupted.getCount() == 0);
  }

  @Test
  void aPoolThatNeverStartedStopsAllTheSame() {
    Dispatcher dispatcher =
        new Dispatcher(
            store.queue("a"),
            partner.asPartners(),
            new OrderWatch(),
            TestNode.QUICK_RETRIES,
            pool(1, 1),
            new SystemThreads());
    dispatcher.stop(Duration.ZERO);
    assertThat(dispatcher.reserve()).isEmpty();
  }

  @Test
  void anOrderStoredWhileTheServerStopsIsGivenBackToo() {
    TestNode node = node("a", 1, 1);
    try (Dispatcher.Slot slot = node.dispatcher.reserve().orElseThrow()) {
      node.close();
      OrderId order = node.place();
      slot.use(store.queue("a").claim(1).getFirst());
      assertThat(store.holder(order)).isEmpty();
    }
  }
}
