package orders.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import orders.application.contract.Purchases;
import orders.application.port.Claim;
import orders.application.port.IdempotencyKey;
import orders.application.port.OrderQueries.Filter;
import orders.application.port.Orders.HandOver;
import orders.application.port.Origin;
import orders.application.port.WorkQueue.Obstacle;
import orders.domain.Failure;
import orders.domain.Move;
import orders.domain.Order;
import orders.domain.Reason;
import orders.domain.State;
import orders.domain.Step;
import org.junit.jupiter.api.Test;

/// Every call that comes alone is one statement in one round trip: a transaction of its own,
/// without a word about it.
final class RoundTripTest {
  private static final Node NODE = new Node("node", Duration.ofSeconds(30));

  @Test
  void everyCallIsOneStatementAndOneRoundTrip() throws SQLException, IOException {
    try (PostgresStore store = PostgresStore.create();
        Proxy proxy = new Proxy(store.address());
        var database = new PostgresDatabase(settings(proxy.address()))) {
      database.migrate();
      var orders = new PostgresOrders(database, NODE);
      var queue = new PostgresWorkQueue(database, NODE);
      var queries = new PostgresOrderQueries(database);
      warmUp(database);

      Order first = Purchases.placed(Purchases.longest()).order();
      assertOneRoundTrip(
          proxy,
          () ->
              orders.place(
                  Order.place(first.id(), first.purchase()), HandOver.ANY_NODE, Origin.UNKNOWN));
      assertOneRoundTrip(
          proxy,
          () ->
              orders.place(
                  Purchases.placed(),
                  HandOver.THIS_NODE,
                  Origin.ofKey(Optional.of(new IdempotencyKey("key")))));
      Claim[] claim = new Claim[1];
      assertOneRoundTrip(proxy, () -> claim[0] = queue.claim(5).getFirst());
      assertOneRoundTrip(proxy, () -> queue.held(claim[0].lease()));
      assertOneRoundTrip(proxy, () -> queue.renew(List.of(claim[0].lease())));
      var declined = (Move.Made) claim[0].order().stepDeclined(Step.CONFIRMATION, Reason.of("no"));
      assertOneRoundTrip(
          proxy, () -> queue.record(claim[0].lease(), declined, Optional.of(Duration.ZERO)));
      assertOneRoundTrip(proxy, () -> claim[0] = queue.claim(5).getFirst());
      assertOneRoundTrip(
          proxy, () -> queue.postpone(claim[0].lease(), Duration.ZERO, Obstacle.BREAKER));
      assertOneRoundTrip(proxy, () -> claim[0] = queue.claim(5).getFirst());
      assertOneRoundTrip(proxy, () -> queue.release(List.of(claim[0].lease())));
      assertOneRoundTrip(proxy, () -> claim[0] = queue.claim(5).getFirst());
      var undone = (Move.Made) claim[0].order().stepUndone(Step.CONFIRMATION);
      assertOneRoundTrip(proxy, () -> queue.record(claim[0].lease(), undone, Optional.empty()));
      Order failed = undone.order();
      assertThat(failed.state())
          .isEqualTo(
              new State.Failed(
                  new Failure(Step.CONFIRMATION, Failure.Kind.DECLINED, Reason.of("no"))));
      assertOneRoundTrip(proxy, () -> orders.move(failed, (Move.Made) failed.retry()));
      Order retried = ((Move.Made) failed.retry()).order();
      assertOneRoundTrip(proxy, () -> orders.move(retried, (Move.Made) retried.cancel()));
      assertOneRoundTrip(proxy, () -> queries.find(first.id()));
      assertOneRoundTrip(proxy, () -> queries.history(first.id()));
      assertOneRoundTrip(proxy, () -> queries.list(Filter.NONE, Optional.empty(), 10));
    }
  }

  /// One connection of each kind, so that all are open once each was used.
  private static DatabaseSettings settings(DatabaseAddress address) {
    return new DatabaseSettings(address, 1, 1, Duration.ofSeconds(3), Duration.ofSeconds(5));
  }

  /// What connections are told while they open is no part of any call.
  private static void warmUp(PostgresDatabase database) {
    Order unknown = Purchases.placed().order();
    new PostgresOrders(database, NODE).move(unknown, (Move.Made) unknown.cancel());
    new PostgresWorkQueue(database, NODE).release(List.of());
    new PostgresOrderQueries(database).find(unknown.id());
    assertThat(database.isReachable()).isTrue();
  }

  /// A pool that has not lent a connection for half a second asks it for nothing (`I`) before it
  /// does.
  private static void assertOneRoundTrip(Proxy proxy, Runnable call) {
    proxy.forget();
    call.run();
    assertThat(proxy.answered('C')).as("statements").isEqualTo(1);
    assertThat(proxy.answered('Z') - proxy.answered('I')).as("round trips").isEqualTo(1);
  }
}
