package orders.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import orders.application.contract.Purchases;
import orders.application.port.Claim;
import orders.application.port.Orders.HandOver;
import orders.application.port.Origin;
import orders.application.port.Recorded;
import orders.domain.Move;
import orders.domain.Order;
import orders.domain.OrderId;
import orders.domain.PartnerReference;
import orders.domain.Step;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What working through the queue costs the database.
final class WorkTableTest {
  private static final Duration LEASE = Duration.ofSeconds(30);

  private PostgresStore store;

  @BeforeEach
  void open() throws SQLException {
    store = PostgresStore.create();
  }

  @AfterEach
  void close() throws SQLException {
    store.close();
  }

  @Test
  void claimsRenewalsAndStepsLeaveTheIndexesAlone() throws SQLException {
    int orders = 300;
    try (var database = new PostgresDatabase(PostgresStore.settings(store.address()))) {
      database.migrate();
      place(database, orders);
      work(database);
    }

    // Each order: a claim, a renewal and two steps; the third step removes it.
    awaitAtLeast(4L * orders, "n_tup_upd");
    long updated = stat("n_tup_upd");
    long hot = stat("n_tup_hot_upd");
    assertThat(hot).isGreaterThan(updated * 9 / 10);
  }

  @Test
  void noStatementReadsTheWholeTableAlsoWhenItWasPlannedForAnEmptyOne() throws SQLException {
    var settings =
        new DatabaseSettings(store.address(), 1, 1, Duration.ofSeconds(3), Duration.ofSeconds(5));
    int backlog = 50_000;
    try (var database = new PostgresDatabase(settings)) {
      database.migrate();
      for (int i = 0; i < 12; i++) {
        place(database, 1);
        work(database);
      }
      store.execute(
          """
          insert into work (
            order_id, merchant_id, step, compensating, failed_attempts, round, version, created_at, updated_at,
            due_at, epoch)
          select
            gen_random_uuid(), 'merchant-' || i %% 7, 'confirmation', false, 0, 1, 1, now(), now(),
            now() + interval '1 h', 0
          from generate_series(1, %d) i
          """
              .formatted(backlog));
      for (int i = 0; i < 12; i++) {
        place(database, 1);
        work(database);
      }
    }
    awaitAtLeast(2 * 12 * 4L, "n_tup_upd");
    assertThat(stat("seq_tup_read")).isZero();
    assertThat(stat("idx_tup_fetch")).isLessThan(backlog / 2);
  }

  @Test
  void aClaimBehindTwoThousandLeasedOrdersWalksTheIndexAndStops() throws SQLException {
    store.execute(
        """
        insert into work (
          order_id, merchant_id, step, compensating, failed_attempts, round, version, created_at, updated_at,
          due_at, epoch, owner, lease_until)
        select
          gen_random_uuid(), 'main', 'confirmation', false, 0, 1, 1, now(), now(),
          now() - interval '1 h', 1,
          'other', now() + interval '1 h'
        from generate_series(1, 2000)
        """);
    store.execute(
        """
        insert into work (
          order_id, merchant_id, step, compensating, failed_attempts, round, version, created_at, updated_at,
          due_at, epoch)
        select
          gen_random_uuid(), 'main', 'confirmation', false, 0, 1, 1, now(), now(),
          now() - interval '1 min', 0
        from generate_series(1, 20000)
        """);

    List<String> plan =
        store
            .database()
            .writes()
            .query(
                "explain (analyze, timing off) " + ClaimWork.CLAIM,
                parameters ->
                    ClaimWork.bind(
                        parameters, ClaimWork.Place.after("main"), 10, new Node("node", LEASE)),
                row -> row.getString(1));

    assertThat(plan).anyMatch(line -> line.contains("Index Scan using work_by_merchant on work"));
    assertThat(plan).noneMatch(line -> line.contains("Seq Scan"));
    assertThat(plan).anyMatch(line -> line.matches(".*Rows Removed by Filter: 2000\\b.*"));
  }

  @Test
  void aClaimDoesNotWaitForARowThatSomebodyIsWriting() throws SQLException {
    store.place(HandOver.ANY_NODE);
    store.place(HandOver.ANY_NODE);
    try (Connection other = TestDatabase.connect(store.address());
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("select from work order by due_at, order_id limit 1 for update");

      assertThat(store.queue("node").claim(2)).hasSize(1);

      other.rollback();
    }
    assertThat(store.queue("node").claim(2)).hasSize(1);
  }

  @Test
  void anOrderThatMakesNoSenseKeepsNoOtherFromBeingClaimed() throws SQLException {
    OrderId spoilt = store.place(HandOver.ANY_NODE).order().id();
    OrderId sound = store.place(HandOver.ANY_NODE).order().id();
    store.execute("update orders set quantities = '{0}' where id = '%s'".formatted(spoilt));

    List<Claim> claims = store.queue("node").claim(2);

    assertThat(claims).extracting(claim -> claim.order().id()).containsExactly(sound);
  }

  private static void place(PostgresDatabase database, int count) {
    var orders = new PostgresOrders(database, new Node("node", LEASE));
    for (int i = 0; i < count; i++) {
      orders.place(Purchases.placed(), HandOver.ANY_NODE, Origin.UNKNOWN);
    }
  }

  /// Claims all there is, renews it, and takes it through its steps.
  private static void work(PostgresDatabase database) {
    var queue = new PostgresWorkQueue(database, new Node("node", LEASE));
    List<Claim> claims = new ArrayList<>();
    for (List<Claim> some = queue.claim(50); !some.isEmpty(); some = queue.claim(50)) {
      claims.addAll(some);
    }
    assertThat(queue.renew(claims.stream().map(Claim::lease).toList())).isEmpty();
    for (Claim claim : claims) {
      Order order = claim.order();
      for (Step step : Step.values()) {
        var done = (Move.Made) order.stepDone(step, new PartnerReference("p"));
        assertThat(queue.record(claim.lease(), done, Optional.empty()))
            .isInstanceOf(Recorded.Done.class);
        order = done.order();
      }
    }
  }

  private long stat(String name) throws SQLException {
    return Long.parseLong(
        store
            .column("select " + name + " from pg_stat_user_tables where relname = 'work'")
            .getFirst());
  }

  /// A session reports what it did when it ends, and a moment passes until everybody sees that.
  private void awaitAtLeast(long count, String name) throws SQLException {
    Instant end = Instant.now().plusSeconds(20);
    while (stat(name) < count) {
      assertThat(Instant.now()).as("%s is %d", name, stat(name)).isBefore(end);
      Thread.onSpinWait();
    }
  }
}
