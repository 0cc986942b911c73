package orders.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import orders.application.contract.Purchases;
import orders.application.port.IdempotencyKey;
import orders.application.port.OrderQueries.Filter;
import orders.application.port.Orders.HandOver;
import orders.application.port.Orders.Placed;
import orders.application.port.Origin;
import orders.domain.Order;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Placing several orders in one statement, and beside a transaction that has not ended.
final class PlaceOrdersTest {
  private static final Optional<IdempotencyKey> KEY = Optional.of(new IdempotencyKey("k"));

  private PostgresStore store;
  private PlaceOrders placeOrders;

  @BeforeEach
  void open() throws SQLException {
    store = PostgresStore.create();
    placeOrders = new PlaceOrders(store.database(), new Node("node", Duration.ofSeconds(30)));
  }

  @AfterEach
  void close() throws SQLException {
    store.close();
  }

  @Test
  void eachOfManyGetsItsOwnAnswerInOrderAlsoThoseThatWereThereBefore() {
    var known = placing(Optional.empty());
    Placed before = placeOrders.place(known);
    var first = placing(KEY);
    var second = placing(KEY);
    var plain = placing(Optional.empty());

    List<Placed> answers =
        List.of(plain, known, first, second).stream().map(placeOrders::place).toList();

    assertThat(answers)
        .extracting(Placed::order)
        .containsExactly(plain.order(), known.order(), first.order(), first.order());
    assertThat(answers.get(1)).isEqualTo(before);
    assertThat(answers.get(0).lease()).isPresent();
    assertThat(answers.get(2).lease()).isPresent();
    assertThat(answers.get(3).lease()).as("that of another order").isEmpty();
    assertThat(store.queries().list(Filter.NONE, Optional.empty(), 10)).hasSize(3);
  }

  @Test
  void whoComesSecondWithAKeyIsStoredIfTheFirstIsUndone() throws SQLException {
    assertThat(placeBesideRival(false)).isNotEqualTo(rival);
  }

  @Test
  void whoComesSecondWithAKeyGetsTheFirstOnceThatIsDurable() throws SQLException {
    assertThat(placeBesideRival(true)).isEqualTo(rival);
  }

  private final Order rival = Purchases.placed(Purchases.by("c", "m", "r")).order();

  private Order placeBesideRival(boolean committed) throws SQLException {
    try (Connection other = TestDatabase.connect(store.address());
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute(
          """
          insert into orders (
            id, idempotency_key, customer_id, merchant_id, reference, currency, total, created_at,
            skus, names, quantities, unit_prices)
          values (
            '%1$s', 'k', 'c', 'm', 'r', 'USD', 26196, now(), '{FUR-BO-10001798}',
            '{Bush Somerset Collection Bookcase}', '{2}', '{13098}');
          """
              .formatted(rival.id()));
      var placing = placing(KEY);
      var answer = CompletableFuture.supplyAsync(() -> placeOrders.place(placing));
      store.awaitSomebodyWaitingForALock();

      if (committed) {
        other.commit();
      } else {
        other.rollback();
      }

      return answer.join().order();
    }
  }

  private static PlaceOrders.Placing placing(Optional<IdempotencyKey> key) {
    return new PlaceOrders.Placing(
        Purchases.placed().order(), HandOver.THIS_NODE, Origin.ofKey(key));
  }
}
