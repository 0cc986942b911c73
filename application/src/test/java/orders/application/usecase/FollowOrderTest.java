package orders.application.usecase;

import static orders.application.fake.Eventually.eventually;
import static orders.application.fake.TestNode.pool;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import orders.application.fake.InMemoryStore;
import orders.application.fake.ScriptedPartner;
import orders.application.fake.TestNode;
import orders.application.port.Partner;
import orders.application.port.PlacedBy;
import orders.application.port.Viewer;
import orders.application.usecase.FollowOrder.Following;
import orders.application.usecase.FollowOrder.Outcome;
import orders.domain.CustomerId;
import orders.domain.Event;
import orders.domain.MerchantId;
import orders.domain.OrderId;
import orders.domain.Reason;
import orders.domain.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class FollowOrderTest {
  private static final Viewer EVERYBODY = new Viewer.Unrestricted();
  private static final Duration LONG = Duration.ofHours(1);
  private static final Duration SHORT = Duration.ofMillis(5);

  private final InMemoryStore store = new InMemoryStore();
  private final Semaphore gate = new Semaphore(0);
  private final ScriptedPartner partner =
      new ScriptedPartner()
          .answers(call -> {
            gate.acquireUninterruptibly();
            return ScriptedPartner.done(call);
          });
  private final TestNode node = new TestNode(store, "a", partner.asPartners(), pool(1, 1));

  @AfterEach
  void stop() {
    gate.release(1_000);
    node.close();
  }

  private Following follow(OrderId order, long after) throws InterruptedException {
    return ((Outcome.Follows) node.followOrder.follow(order, EVERYBODY, after)).following();
  }

  private OrderId ended() {
    gate.release(3);
    OrderId order = node.place();
    node.awaitStatus(order, Status.COMPLETED);
    return order;
  }

  private List<Event> history(OrderId order) {
    return store.queries().history(order).orElseThrow();
  }

  private static List<Event> toEnd(Following following) throws InterruptedException {
    List<Event> events = new ArrayList<>();
    while (!following.isOver()) {
      events.addAll(following.next(LONG));
    }
    return events;
  }

  @Test
  void tellsTheHistoryAndThenWhatHappensUntilTheEnd() throws InterruptedException {
    OrderId order = node.place();
    try (Following following = follow(order, 0)) {
      assertThat(following.next(LONG)).isEqualTo(history(order));
      assertThat(following.next(SHORT)).isEmpty();
      for (int step = 2; step <= 3; step++) {
        gate.release(1);
        List<Event> events = List.of();
        while (events.isEmpty()) {
          events = following.next(LONG);
        }
        assertThat(events).extracting(Event::seq).containsExactly((long) step);
      }
      assertThat(following.isOver()).isFalse();
      gate.release(1);
      assertThat(toEnd(following)).isEqualTo(history(order).subList(3, 5));
      assertThat(following.next(LONG)).isEmpty();
    }
    assertThat(node.watch.isWatched()).isFalse();
  }

  @Test
  void goesOnBehindEachEventWithoutGapOrRepeat() throws InterruptedException {
    OrderId order = ended();
    for (int after = 0; after < 5; after++) {
      try (Following following = follow(order, after)) {
        assertThat(toEnd(following)).isEqualTo(history(order).subList(after, 5));
      }
    }
    assertThat(node.followOrder.follow(order, EVERYBODY, 5)).isEqualTo(new Outcome.Ended());
    assertThat(node.followOrder.follow(order, EVERYBODY, 6)).isEqualTo(new Outcome.Beyond());
    assertThat(node.watch.isWatched()).isFalse();
  }

  @Test
  void hearsOfWhatHappensOnAnotherNode() throws InterruptedException {
    node.dispatcher.stop(Duration.ZERO);
    OrderId order = node.place();
    Following following = follow(order, 0);
    assertThat(following.next(LONG)).hasSize(1);
    TestNode other = new TestNode(store, "b", new ScriptedPartner().asPartners(), pool(1, 1));
    assertThat(toEnd(following)).isEqualTo(history(order).subList(1, 5));
    following.close();
    other.close();
  }

  @Test
  void aFailedOrderThatIsRetriedIsFollowedAnew() throws InterruptedException {
    gate.release(1_000);
    partner.answers(_ -> new Partner.Result.Declined(Reason.of("no")));
    OrderId order = node.place();
    node.awaitStatus(order, Status.FAILED);
    int failed = history(order).size();
    assertThat(node.followOrder.follow(order, EVERYBODY, failed)).isEqualTo(new Outcome.Ended());

    partner.answers(ScriptedPartner::done);
    node.retryOrder.retry(order, EVERYBODY, new Expected.Any());
    node.awaitStatus(order, Status.COMPLETED);

    for (int after : new int[] {0, failed - 1, failed, failed + 1}) {
      try (Following following = follow(order, after)) {
        assertThat(toEnd(following))
            .isEqualTo(history(order).subList(after, history(order).size()));
      }
    }
  }

  @Test
  void whatOneMayNotSeeCannotBeFollowed() throws InterruptedException {
    OrderId order = node.place();
    List<Viewer> strangers =
        List.of(
            new Viewer.OfCustomer(new CustomerId("somebody else")),
            new Viewer.OfMerchant(new MerchantId("another")),
            new Viewer.OfPlacer(new PlacedBy("storefront:other")));
    for (Viewer stranger : strangers) {
      for (long after : new long[] {0, 1, 99}) {
        assertThat(node.followOrder.follow(order, stranger, after))
            .isEqualTo(new Outcome.Unknown());
      }
    }
    assertThat(node.followOrder.follow(TestNode.newId(), EVERYBODY, 0))
        .isEqualTo(new Outcome.Unknown());
    assertThat(node.watch.isWatched()).isFalse();
    for (Viewer own :
        List.of(
            new Viewer.OfCustomer(new CustomerId("CG-12520")),
            new Viewer.OfMerchant(MerchantId.MAIN),
            new Viewer.OfPlacer(PlacedBy.ANYBODY))) {
      assertThat(node.followOrder.follow(order, own, 0)).isInstanceOf(Outcome.Follows.class);
    }
  }

  @Test
  void staysWhileTheStoreIsAwayAndMissesNothing() throws InterruptedException {
    OrderId order = node.place();
    try (Following following = follow(order, 0)) {
      store.setReachable(false);
      assertThat(following.next(SHORT)).isEmpty();
      assertThat(following.next(SHORT)).isEmpty();
      assertThat(following.isOver()).isFalse();
      store.setReachable(true);
      gate.release(3);
      assertThat(toEnd(following)).isEqualTo(history(order));
    }
  }

  @Test
  void endsWhenTheServerStops() throws InterruptedException {
    Following following = follow(node.place(), 1);
    Thread stopping = Thread.ofVirtual().start(node.watch::close);
    assertThat(toEnd(following)).isEmpty();
    stopping.join();
  }

  @Test
  void ordersThatNobodyFollowsAreNotAskedFor() throws InterruptedException {
    OrderId order = node.place();
    int before = store.looks();
    assertThat(before).isZero();
    try (Following following = follow(order, 0)) {
      following.next(LONG);
      eventually("it is looked after", () -> store.looks() > 3);
    }
    // One look may be under way. Without rest there would be a dozen more.
    int after = store.looks();
    LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
    assertThat(store.looks()).isLessThanOrEqualTo(after + 1);
  }
}
