package orders.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import orders.application.contract.Purchases;
import orders.application.port.IdempotencyKey;
import orders.application.port.OrderQueries.Filter;
import orders.application.port.Orders.HandOver;
import orders.application.port.Origin;
import orders.domain.Move;
import orders.domain.Order;
import orders.domain.OrderId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What leaves the database when its time is over.
final class PostgresEndedOrdersTest {
  private static final Duration MONTH = Duration.ofDays(30);
  private static final Optional<IdempotencyKey> KEY = Optional.of(new IdempotencyKey("wish"));

  private PostgresStore store;
  private PostgresEndedOrders ended;

  @BeforeEach
  void open() throws SQLException {
    store = PostgresStore.create();
    ended = new PostgresEndedOrders(store.database());
  }

  @AfterEach
  void close() throws SQLException {
    store.close();
  }

  @Test
  void anOrderThatEndedLongAgoLeavesWithAllThereIsAboutIt() throws SQLException {
    OrderId old = cancelled(KEY);
    age(old, "31 days", "31 days");

    assertThat(ended.remove(MONTH, 10)).isEqualTo(1);

    for (String table : List.of("orders", "order_lines", "events", "ended", "work")) {
      assertThat(store.column("select count(*) from " + table)).as(table).containsExactly("0");
    }
    assertThat(store.queries().find(old)).isEmpty();
    assertThat(store.queries().history(old)).isEmpty();
    assertThat(cancelled(KEY)).as("its key stands for another one now").isNotEqualTo(old);
  }

  @Test
  void whatEndedJustNowOrIsAliveStaysHoweverOldItIs() throws SQLException {
    OrderId endedJustNow = cancelled(Optional.empty());
    age(endedJustNow, "1 year", "29 days");
    OrderId alive = store.place(HandOver.ANY_NODE).order().id();
    store.execute("update orders set created_at = created_at - interval '1 year'");
    store.execute("update work set created_at = created_at - interval '1 year'");

    assertThat(ended.remove(MONTH, 10)).isZero();

    assertThat(store.queries().list(Filter.NONE, Optional.empty(), 10))
        .extracting(each -> each.order().id())
        .containsExactlyInAnyOrder(endedJustNow, alive);
    assertThat(store.queries().find(endedJustNow).orElseThrow().order().purchase().lines())
        .hasSize(1);
  }

  @Test
  void theOldestGoFirstAndNoMoreThanAsked() throws SQLException {
    OrderId old = cancelled(Optional.empty());
    OrderId older = cancelled(Optional.empty());
    age(old, "40 days", "40 days");
    age(older, "50 days", "50 days");

    assertThat(ended.remove(MONTH, 1)).isEqualTo(1);

    assertThat(store.queries().find(older)).isEmpty();
    assertThat(store.queries().find(old)).isPresent();
    assertThat(ended.remove(MONTH, 2)).isEqualTo(1);
  }

  @Test
  void anOrderThatIsBeingRetriedIsPassedOver() throws SQLException {
    OrderId retried = cancelled(Optional.empty());
    age(retried, "31 days", "31 days");
    try (Connection other = TestDatabase.connect(store.address());
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("select * from ended for update");

      assertThat(ended.remove(MONTH, 10)).isZero();
      other.rollback();
    }
    assertThat(ended.remove(MONTH, 10)).isEqualTo(1);
  }

  @Test
  void oneNodeAtATimeRemoves() throws SQLException {
    age(cancelled(Optional.empty()), "31 days", "31 days");
    try (Connection other = TestDatabase.connect(store.address());
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("select pg_advisory_xact_lock(4157206938412)");

      assertThat(ended.remove(MONTH, 10)).isZero();
      other.rollback();
    }
    assertThat(ended.remove(MONTH, 10)).isEqualTo(1);
  }

  private OrderId cancelled(Optional<IdempotencyKey> key) {
    Order order =
        store
            .orders("node")
            .place(Purchases.placed(), HandOver.ANY_NODE, Origin.ofKey(key))
            .order();
    var _ = store.orders("node").move(order, (Move.Made) order.cancel());
    return order.id();
  }

  private void age(OrderId order, String created, String end) throws SQLException {
    store.execute(
        """
        update orders set created_at = now() - interval '%2$s' where id = '%1$s';
        update ended
        set created_at = now() - interval '%2$s', ended_at = now() - interval '%3$s'
        where order_id = '%1$s';
        """
            .formatted(order, created, end));
  }
}
