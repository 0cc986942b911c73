package orders.application.usecase;

import static orders.application.fake.Eventually.eventually;
import static orders.application.fake.TestNode.pool;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import orders.application.contract.Purchases;
import orders.application.fake.InMemoryStore;
import orders.application.fake.ScriptedPartner;
import orders.application.fake.TestNode;
import orders.application.live.FeedTail;
import orders.application.port.EventFeed;
import orders.application.port.FeedEvent;
import orders.application.port.FeedPosition;
import orders.application.port.Orders.HandOver;
import orders.application.port.Origin;
import orders.application.port.PlacedBy;
import orders.application.port.Viewer;
import orders.application.usecase.FollowEvents.Following;
import orders.application.usecase.FollowEvents.Outcome;
import orders.domain.CustomerId;
import orders.domain.MerchantId;
import orders.domain.OrderId;
import orders.domain.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class FollowEventsTest {
  private static final Viewer EVERYBODY = new Viewer.Unrestricted();
  private static final Duration LONG = Duration.ofHours(1);
  private static final Duration SHORT = Duration.ofMillis(5);

  private final InMemoryStore store = new InMemoryStore();
  private final TestNode node = node("a");
  private final TestNode other = node("b");

  private TestNode node(String name) {
    return new TestNode(store, name, new ScriptedPartner().asPartners(), pool(2, 2));
  }

  @AfterEach
  void stop() {
    node.close();
    other.close();
  }

  private static Following follow(TestNode node, Viewer viewer, FeedPosition after)
      throws InterruptedException {
    return ((Outcome.Follows) node.followEvents.follow(viewer, Optional.of(after))).following();
  }

  private Following follow(Viewer viewer) throws InterruptedException {
    return ((Outcome.Follows) node.followEvents.follow(viewer, Optional.empty())).following();
  }

  private static List<FeedEvent> next(Following following, int count) throws InterruptedException {
    List<FeedEvent> events = new ArrayList<>();
    while (events.size() < count && !following.isOver()) {
      events.addAll(following.next(LONG));
    }
    return events;
  }

  /// Five events.
  private static OrderId completed(TestNode node) {
    OrderId order = node.place();
    node.awaitStatus(order, Status.COMPLETED);
    return order;
  }

  private OrderId place(String customer, String merchant, String placer) {
    var placed = Purchases.placed(Purchases.by(customer, merchant, "r"));
    var origin = new Origin(new PlacedBy(placer), Optional.empty(), Optional.empty());
    // Nobody works for a node of this name, so that this is all that happens.
    store.orders("nobody").place(placed, HandOver.THIS_NODE, origin);
    return placed.order().id();
  }

  @Test
  void tellsWhatHappensFromNowOnOnWhicheverNode() throws InterruptedException {
    completed(node);
    try (Following following = follow(EVERYBODY)) {
      OrderId here = completed(node);
      OrderId there = completed(other);
      List<FeedEvent> events = next(following, 10);
      assertThat(events).extracting(FeedEvent::order).containsOnly(here, there);
      for (OrderId order : List.of(here, there)) {
        assertThat(events.stream().filter(event -> event.order().equals(order)))
            .extracting(FeedEvent::event)
            .isEqualTo(store.queries().history(order).orElseThrow());
      }
      assertThat(following.next(SHORT)).isEmpty();
    }
  }

  @Test
  void goesOnBehindEachEventOnAnyNodeWithoutGapOrRepeat() throws InterruptedException {
    List<FeedEvent> all;
    FeedPosition start;
    try (Following following = follow(EVERYBODY)) {
      start = following.position();
      completed(node);
      completed(other);
      all = next(following, 10);
    }
    for (TestNode each : List.of(node, other)) {
      for (int i = -1; i < all.size() - 1; i++) {
        FeedPosition after = i < 0 ? start : all.get(i).position();
        try (Following following = follow(each, EVERYBODY, after)) {
          assertThat(next(following, all.size() - 1 - i)).isEqualTo(all.subList(i + 1, all.size()));
        }
      }
      try (Following atEnd = follow(each, EVERYBODY, all.getLast().position())) {
        assertThat(atEnd.next(SHORT)).isEmpty();
      }
    }
    // One who follows already has what is new in memory; that is gone through too.
    try (Following first = follow(EVERYBODY)) {
      completed(node);
      List<FeedEvent> more = next(first, 5);
      for (int i = 0; i < more.size() - 1; i++) {
        try (Following following = follow(node, EVERYBODY, more.get(i).position())) {
          assertThat(next(following, more.size() - 1 - i))
              .isEqualTo(more.subList(i + 1, more.size()));
        }
      }
    }
  }

  @Test
  void everybodyIsToldOfWhatTheyMaySeeAndOfNothingElse() throws InterruptedException {
    List<Viewer> viewers =
        List.of(
            new Viewer.OfCustomer(new CustomerId("ada")),
            new Viewer.OfMerchant(new MerchantId("bakery")),
            new Viewer.OfPlacer(new PlacedBy("storefront:web")),
            EVERYBODY);
    List<Following> followings = new ArrayList<>();
    for (Viewer viewer : viewers) {
      followings.add(follow(viewer));
    }
    OrderId ofAda = place("ada", "florist", "storefront:app");
    OrderId ofBakery = place("bob", "bakery", "storefront:app");
    OrderId byWeb = place("bob", "florist", "storefront:web");
    OrderId ofAll = place("ada", "bakery", "storefront:web");
    OrderId ofNone = place("bob", "florist", "storefront:app");
    List<List<OrderId>> seen =
        List.of(
            List.of(ofAda, ofAll),
            List.of(ofBakery, ofAll),
            List.of(byWeb, ofAll),
            List.of(ofAda, ofBakery, byWeb, ofAll, ofNone));
    for (int i = 0; i < viewers.size(); i++) {
      Following following = followings.get(i);
      assertThat(next(following, seen.get(i).size()))
          .extracting(FeedEvent::order)
          .isEqualTo(seen.get(i));
      eventually("the last is passed over too", () -> isAtEnd(following));
      following.close();
    }
  }

  private boolean isAtEnd(Following following) {
    try {
      assertThat(following.next(SHORT)).isEmpty();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return following.position().compareTo(store.feed().end()) == 0;
  }

  @Test
  void whatIsTooLongAgoOrNeverWasIsGone() throws InterruptedException {
    FeedPosition now = store.feed().end();
    FeedPosition old = now.since(now.since().minus(FollowEvents.WINDOW).minusSeconds(1));
    FeedPosition never = FeedPosition.before(now.since(), now.turn() + 1);
    for (FeedPosition place : List.of(old, never)) {
      assertThat(node.followEvents.follow(EVERYBODY, Optional.of(place)))
          .isEqualTo(new Outcome.Gone());
    }
    FeedPosition young = now.since(now.since().minus(FollowEvents.WINDOW).plusSeconds(60));
    assertThat(node.followEvents.follow(EVERYBODY, Optional.of(young)))
        .isInstanceOfSatisfying(Outcome.Follows.class, follows -> follows.following().close());
  }

  @Test
  void oneWhoIsTooSlowIsCutAndNobodyElse() throws InterruptedException {
    Following slow = follow(EVERYBODY);
    Following fast = follow(EVERYBODY);
    FeedPosition start = slow.position();
    int many = 1_500; // More than are kept in memory.
    for (int burst = 0; burst < 15; burst++) {
      for (int i = 0; i < many / 15; i++) {
        place("ada", "bakery", "");
      }
      assertThat(next(fast, many / 15)).hasSize(many / 15);
    }
    assertThat(fast.isOver()).isFalse();
    assertThat(slow.next(LONG)).isEmpty();
    assertThat(slow.isOver()).isTrue();
    assertThat(slow.position()).isEqualTo(start);
    slow.close();
    try (Following again = follow(node, EVERYBODY, start)) {
      assertThat(next(again, many))
          .hasSize(many)
          .extracting(FeedEvent::order)
          .doesNotHaveDuplicates();
      place("ada", "bakery", "");
      assertThat(next(again, 1)).hasSize(1);
    }
    fast.close();
  }

  @Test
  void staysWhileTheStoreIsAwayAndMissesNothing() throws InterruptedException {
    try (Following following = follow(EVERYBODY)) {
      FeedPosition start = following.position();
      place("ada", "bakery", "");
      next(following, 1);
      store.setReachable(false);
      int refusals = store.refusals();
      eventually("it is tried again", () -> store.refusals() > refusals + 2);
      assertThat(following.next(SHORT)).isEmpty();
      assertThat(following.isOver()).isFalse();
      store.setReachable(true);
      place("ada", "bakery", "");
      assertThat(next(following, 1)).hasSize(1);
      try (Following behind = follow(node, EVERYBODY, start)) {
        store.setReachable(false);
        assertThat(behind.isOver()).isFalse();
        store.setReachable(true);
        assertThat(next(behind, 2)).hasSize(2);
      }
    }
  }

  @Test
  void endsWhenTheServerStops() throws InterruptedException {
    try (Following following = follow(EVERYBODY)) {
      Thread.ofVirtual().start(node.tail::close);
      assertThat(next(following, 1)).isEmpty();
      assertThat(following.isOver()).isTrue();
    }
  }

  @Test
  void whatNobodyFollowsIsNotRead() throws InterruptedException {
    assertThat(store.looks()).isZero();
    try (Following _ = follow(EVERYBODY)) {
      eventually("it is read", () -> store.looks() > 3);
    }
    // One look may be under way. Without rest there would be a dozen more.
    int after = store.looks();
    LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
    assertThat(store.looks()).isLessThanOrEqualTo(after + 1);
  }

  @Test
  void ofManyWhoComeAtOnceOneAsksWhereTheFeedEnds() throws Exception {
    Semaphore gate = new Semaphore(0);
    AtomicInteger asked = new AtomicInteger();
    EventFeed slow =
        new EventFeed() {
          @Override
          public FeedPosition end() {
            asked.incrementAndGet();
            gate.acquireUninterruptibly();
            return store.feed().end();
          }

          @Override
          public Page read(FeedPosition after, int max) {
            return store.feed().read(after, max);
          }
        };
    FeedTail tail = new FeedTail(slow, 10);
    List<FutureTask<FeedTail.Reader>> many = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      many.add(new FutureTask<>(tail::join));
      Thread.ofVirtual().start(many.getLast());
    }
    eventually("one asks", () -> asked.get() == 1);
    gate.release(50);
    for (FutureTask<FeedTail.Reader> each : many) {
      each.get().close();
    }
    assertThat(asked).hasValue(1);
  }
}
