package orders.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import orders.application.contract.Purchases;
import orders.application.port.Lease;
import orders.application.port.Orders.HandOver;
import orders.application.port.Origin;
import orders.application.port.StoreUnavailable;
import orders.domain.Move;
import orders.domain.Order;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What operators are told of the database.
final class FiguresTest {
  private PostgresStore store;

  @BeforeEach
  void open() throws SQLException {
    store = PostgresStore.create();
  }

  @AfterEach
  void close() throws SQLException {
    store.close();
  }

  private LiveOrders.Count count() {
    return store.database().liveOrders().count();
  }

  @Test
  void withoutOrdersThereIsNothingToTell() {
    assertThat(count())
        .isEqualTo(new LiveOrders.Count(0, 0, 0, 0, 0, Optional.empty(), Optional.empty()));
  }

  @Test
  void liveOrdersAreCountedByTheirStatus() throws SQLException {
    store.place(HandOver.ANY_NODE);
    store.place(HandOver.ANY_NODE);
    store.place(HandOver.THIS_NODE);
    store.place(HandOver.THIS_NODE);
    store.place(HandOver.THIS_NODE);
    var cancelled = store.place(HandOver.THIS_NODE).order();
    store.execute("update work set compensating = true where order_id = '" + cancelled.id() + "'");
    store.execute(
        """
        update work set compensating = true, parked = true, lease_until = null, due_at = 'infinity'
        where order_id = (
          select order_id from work where epoch > 0 and not compensating limit 1)
        """);

    LiveOrders.Count count = count();

    assertThat(count.pending()).isEqualTo(2);
    assertThat(count.processing()).isEqualTo(2);
    assertThat(count.compensating()).isEqualTo(1);
    assertThat(count.parked()).isEqualTo(1);
  }

  @Test
  void whatIsDueWithoutAHolderIsCountedAndItsAgeTold() throws SQLException {
    store.place(HandOver.ANY_NODE);
    store.place(HandOver.THIS_NODE);
    store.execute("update work set due_at = due_at - interval '1 hour'");
    store.execute("update work set created_at = created_at - interval '3 hours'");
    var expired = store.place(HandOver.THIS_NODE).order();
    store.execute(
        "update work set lease_until = now() - interval '1 second' where order_id = '"
            + expired.id()
            + "'");
    var backingOff = store.place(HandOver.ANY_NODE).order();
    store.execute(
        "update work set due_at = now() + interval '1 hour' where order_id = '"
            + backingOff.id()
            + "'");

    LiveOrders.Count count = count();

    assertThat(count.due()).isEqualTo(2);
    assertThat(count.longestDue().orElseThrow())
        .isCloseTo(Duration.ofHours(1), Duration.ofMinutes(1));
    assertThat(count.oldest().orElseThrow()).isCloseTo(Duration.ofHours(3), Duration.ofMinutes(1));
  }

  @Test
  void withoutADatabaseNothingIsCounted() throws SQLException {
    var nowhere = new DatabaseAddress("127.0.0.1", 1, "nothing", "nobody", "");
    try (var database = new PostgresDatabase(PostgresStore.settings(nowhere))) {
      assertThatThrownBy(() -> database.liveOrders().count()).isInstanceOf(StoreUnavailable.class);
      assertThat(database.pools()).extracting(PoolFigures::active).containsOnly(0);
    }
  }

  @Test
  void aPoolTellsWhatItIsUsedFor() {
    PoolFigures shared = pool("shared");
    assertThat(shared.acquired()).isZero();
    store.place(HandOver.ANY_NODE);
    assertThat(shared.acquired()).isEqualTo(1);
    assertThat(shared.nanosWaited()).isPositive();
    assertThat(shared.idle()).isPositive();
    assertThat(shared.active()).isZero();
    assertThat(shared.most())
        .isEqualTo(PostgresStore.settings(store.address()).sharedConnections());
    assertThat(shared.timeouts()).isZero();
  }

  @Test
  void whoGetsNoConnectionIsCounted() throws SQLException {
    // The statement that waits has the only connection.
    try (Connection holder = TestDatabase.connect(store.address())) {
      holder.setAutoCommit(false);
      try (var statement = holder.createStatement()) {
        statement.execute("lock table work in access exclusive mode");
      }
      Thread counting = Thread.ofVirtual().start(() -> assertRefused());
      store.awaitSomebodyWaitingForALock();
      assertThat(pool("figures").active()).isEqualTo(1);
      assertRefused();
      assertThat(pool("figures").timeouts()).isEqualTo(1);
      holder.rollback();
      counting.interrupt();
    }
  }

  private void assertRefused() {
    assertThatThrownBy(this::count).isInstanceOf(StoreUnavailable.class);
  }

  private PoolFigures pool(String name) {
    List<PoolFigures> pools = store.database().pools();
    return pools.stream().filter(pool -> pool.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void commitsAreToldByTheirKindWithTheCallsThatShareThem() {
    Map<String, LongAdder> calls = new ConcurrentHashMap<>();
    CommitMonitor monitor =
        name ->
            (count, nanos) -> {
              assertThat(nanos).isPositive();
              calls.computeIfAbsent(name, _ -> new LongAdder()).add(count);
            };
    var node = new Node("node", Duration.ofSeconds(30));
    try (var database = new PostgresDatabase(PostgresStore.settings(store.address()), monitor)) {
      database.migrate();
      var orders = new PostgresOrders(database, node);
      var queue = new PostgresWorkQueue(database, node);
      Lease lease =
          orders
              .place(Purchases.placed(), HandOver.THIS_NODE, Origin.UNKNOWN)
              .lease()
              .orElseThrow();
      Order order = queue.held(lease).orElseThrow();
      queue.release(List.of(lease));
      orders.move(order, (Move.Made) order.cancel());
    }
    assertThat(calls).hasSizeGreaterThanOrEqualTo(3);
    assertThat(calls.values()).extracting(LongAdder::sum).containsOnly(1L);
  }
}
