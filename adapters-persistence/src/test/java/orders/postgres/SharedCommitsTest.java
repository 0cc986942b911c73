package orders.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import orders.application.contract.Purchases;
import orders.application.port.IdempotencyKey;
import orders.application.port.Lease;
import orders.application.port.Orders.HandOver;
import orders.application.port.Orders.Placed;
import orders.application.port.Origin;
import orders.application.port.Recorded;
import orders.application.port.WorkQueue.Obstacle;
import orders.domain.Move;
import orders.domain.Order;
import orders.domain.OrderId;
import orders.domain.PartnerReference;
import orders.domain.Purchase;
import orders.domain.Step;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Calls at the same moment share commits, and keep each other from nothing.
final class SharedCommitsTest {
  private static final Node NODE = new Node("node", Duration.ofSeconds(30));
  private static final int CALLS = 200;

  private PostgresStore store;
  private PostgresDatabase database;
  private PostgresOrders orders;
  private PostgresWorkQueue queue;

  @BeforeEach
  void open() throws SQLException {
    store = PostgresStore.create();
    DatabaseSettings usual = PostgresStore.settings(store.address());
    // One thread for all writes of a kind: what waits in it keeps all the others.
    database =
        new PostgresDatabase(
            new DatabaseSettings(
                usual.address(),
                usual.writeConnections(),
                usual.readConnections(),
                usual.connectionTimeout(),
                Duration.ofMinutes(1),
                CALLS,
                CALLS,
                new Sharing(1, 1, CALLS)));
    database.migrate();
    orders = new PostgresOrders(database, NODE);
    queue = new PostgresWorkQueue(database, NODE);
  }

  @AfterEach
  void close() throws SQLException {
    database.close();
    store.close();
  }

  @Test
  void ordersThatArePlacedAtTheSameMomentAreInFewerCommits() throws Exception {
    List<Placed> placed = placeAtOnce();

    assertThat(placed).extracting(each -> each.order().id()).doesNotHaveDuplicates();
    assertThat(commitsOf("orders")).isLessThan(CALLS);
    assertThat(store.column("select count(*) from work")).containsExactly("" + CALLS);
  }

  /// Some with hundreds of lines, some with one; some whose texts look like the syntax of arrays.
  @Test
  void ordersThatShareACommitKeepTheirOwnLines() throws Exception {
    List<Purchase> purchases =
        List.of(Purchases.awkward(), Purchases.bare(), Purchases.longest(), Purchases.bookcase());
    List<Order> sent = new ArrayList<>();
    List<Future<Placed>> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < CALLS; i++) {
        Move.Made order = Purchases.placed(purchases.get(i % purchases.size()));
        sent.add(order.order());
        answers.add(threads.submit(() -> place(order)));
      }
    }

    for (Future<Placed> answer : answers) {
      assertThat(answer.get()).isNotNull();
    }
    assertThat(commitsOf("orders")).isLessThan(CALLS);
    for (Order order : sent) {
      assertThat(store.queries().find(order.id()).orElseThrow().order()).isEqualTo(order.claimed());
    }
  }

  @Test
  void aKeyThatIsManyTimesInOneCommitIsOneOrder() throws Exception {
    Optional<IdempotencyKey> key = Optional.of(new IdempotencyKey("the-only-one"));
    Set<OrderId> answers = ConcurrentHashMap.newKeySet();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < CALLS; i++) {
        threads.execute(() -> {
          var _ = place();
          answers.add(
              orders.place(Purchases.placed(), HandOver.THIS_NODE, Origin.ofKey(key)).order().id());
        });
      }
    }

    assertThat(answers).hasSize(1);
    assertThat(store.column("select count(*) from orders")).containsExactly(CALLS + 1 + "");
    assertThat(store.column("select id from orders where idempotency_key is not null"))
        .containsExactly(answers.iterator().next().value().toString());
    assertThat(commitsOf("orders")).isLessThan(CALLS);
  }

  @Test
  void movesThatAreRecordedAtTheSameMomentAreInFewerCommits() throws Exception {
    List<Placed> placed = placeAtOnce();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Recorded>> recorded = new ArrayList<>();
      for (Placed each : placed) {
        recorded.add(threads.submit(() -> record(each)));
      }
      for (Future<Recorded> each : recorded) {
        assertThat(each.get()).isInstanceOf(Recorded.Done.class);
      }
    }

    assertThat(commitsOf("work")).isLessThan(CALLS);
  }

  /// As all workers do at the same moment when they are interrupted.
  @Test
  void workThatIsReleasedAtTheSameMomentIsInFewerCommits() throws Exception {
    List<Placed> placed = placeAtOnce();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      placed.forEach(each -> threads.execute(() -> queue.release(List.of(lease(each)))));
    }

    assertThat(store.column("select count(*) from work where lease_until is null"))
        .containsExactly("" + CALLS);
    assertThat(commitsOf("work")).isLessThan(CALLS);
  }

  @Test
  void aWorkerWhoseRowIsLockedKeepsNoOther() throws Exception {
    Placed locked = place();
    Placed free = place();
    CompletableFuture<Recorded> waiting;
    try (Connection other = lock(locked)) {
      waiting = CompletableFuture.supplyAsync(() -> record(locked));
      store.awaitSomebodyWaitingForALock();

      assertThat(record(free)).isInstanceOf(Recorded.Done.class);
      assertThat(waiting).isNotDone();
      other.rollback();
    }

    assertThat(waiting.get()).isInstanceOf(Recorded.Done.class);
  }

  @Test
  void workThatIsGivenBackWhileItsRowIsLockedKeepsNoOther() throws Exception {
    Placed locked = place();
    Placed free = place();
    CompletableFuture<Boolean> waiting;
    try (Connection other = lock(locked)) {
      waiting = CompletableFuture.supplyAsync(() -> postpone(locked));
      store.awaitSomebodyWaitingForALock();

      assertThat(postpone(free)).isTrue();
      other.rollback();
    }

    assertThat(waiting.get()).isTrue();
  }

  @Test
  void aCancelThatWaitsForALockedRowKeepsNoOther() throws Exception {
    Placed locked = place();
    Placed free = place();
    CompletableFuture<Recorded> waiting;
    try (Connection other = lock(locked)) {
      waiting = CompletableFuture.supplyAsync(() -> cancel(locked));
      store.awaitSomebodyWaitingForALock();

      assertThat(cancel(free)).isInstanceOf(Recorded.Done.class);
      other.rollback();
    }

    assertThat(waiting.get()).isInstanceOf(Recorded.Done.class);
  }

  @Test
  void anOrderThatTheDatabaseRefusesHarmsOnlyItself() throws Exception {
    store.execute("alter table orders add constraint no_bad check (reference <> 'bad')");
    Move.Made bad = Purchases.placed(Purchases.by("c", "m", "bad"));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Placed>> good = new ArrayList<>();
      Future<Placed> refused = threads.submit(() -> place(bad));
      for (int i = 1; i < CALLS; i++) {
        good.add(threads.submit(() -> place()));
      }
      for (Future<Placed> each : good) {
        assertThat(each.get()).isNotNull();
      }
      assertThatThrownBy(refused::get).cause().isInstanceOf(IllegalStateException.class);
    }

    assertThat(store.column("select count(*) from orders")).containsExactly("" + (CALLS - 1));
    assertThat(commitsOf("orders")).isLessThan(CALLS - 1);
  }

  @Test
  void aKeyThatSomebodyIsAboutToStoreKeepsNoOtherOrder() throws Exception {
    var key = new IdempotencyKey("held");
    Placed first = place();
    CompletableFuture<Placed> waiting;
    try (Connection other = TestDatabase.connect(store.address());
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute(
          """
          insert into orders
          select gen_random_uuid(), customer_id, merchant_id, reference, currency, total,
            created_at, 'held', skus, names, quantities, unit_prices
          from orders where id = '%s'
          """
              .formatted(first.order().id()));
      waiting =
          CompletableFuture.supplyAsync(() ->
              orders.place(Purchases.placed(), HandOver.THIS_NODE, Origin.ofKey(Optional.of(key))));
      store.awaitSomebodyWaitingForALock();

      CompletableFuture<Placed> free =
          CompletableFuture.supplyAsync(() -> place(), Thread::startVirtualThread);
      assertThat(free).succeedsWithin(Duration.ofSeconds(5));
      assertThat(waiting).isNotDone();
      other.rollback();
    }

    assertThat(waiting.get()).isNotNull();
  }

  private Placed place() {
    return place(Purchases.placed());
  }

  private Placed place(Move.Made order) {
    return orders.place(order, HandOver.THIS_NODE, Origin.UNKNOWN);
  }

  private List<Placed> placeAtOnce() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Placed>> answers = new ArrayList<>();
      for (int i = 0; i < CALLS; i++) {
        answers.add(threads.submit(() -> place()));
      }
      List<Placed> placed = new ArrayList<>();
      for (Future<Placed> answer : answers) {
        placed.add(answer.get());
      }
      return placed;
    }
  }

  private Recorded record(Placed placed) {
    Order claimed = placed.order().claimed();
    Move.Made done = (Move.Made) claimed.stepDone(Step.CONFIRMATION, new PartnerReference("c"));
    return queue.record(lease(placed), done, Optional.empty());
  }

  private boolean postpone(Placed placed) {
    return queue.postpone(lease(placed), Duration.ofSeconds(1), Obstacle.PARTNER);
  }

  private Recorded cancel(Placed placed) {
    Order claimed = placed.order().claimed();
    return orders.move(claimed, (Move.Made) claimed.cancel());
  }

  private static Lease lease(Placed placed) {
    return placed.lease().orElseThrow();
  }

  private Connection lock(Placed placed) throws SQLException {
    Connection other = TestDatabase.connect(store.address());
    other.setAutoCommit(false);
    try (Statement statement = other.createStatement()) {
      statement.execute(
          "select * from work where order_id = '%s' for update".formatted(placed.order().id()));
    }
    return other;
  }

  /// How many transactions wrote the rows that a table has now.
  private int commitsOf(String table) throws SQLException {
    return store.column("select distinct xmin::text from " + table).size();
  }
}
