package orders.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import orders.application.contract.Purchases;
import orders.application.port.Claim;
import orders.application.port.Lease;
import orders.application.port.Orders.HandOver;
import orders.application.port.Orders.Placed;
import orders.application.port.Origin;
import orders.application.port.Recorded;
import orders.application.port.StoreUnavailable;
import orders.application.port.StoreUnavailable.Effect;
import orders.domain.Move;
import orders.domain.Order;
import orders.domain.PartnerReference;
import orders.domain.Step;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is known of a call that failed: that nothing happened, or nothing.
final class EffectTest {
  private static final Node NODE = new Node("node", Duration.ofSeconds(30));

  private PostgresStore store;
  private PostgresDatabase database;

  @BeforeEach
  void open() throws SQLException {
    store = PostgresStore.create();
    database = impatient(store.address());
  }

  @AfterEach
  void close() throws SQLException {
    database.close();
    store.close();
  }

  /// With one connection of each kind, so that the same one is used again.
  private static PostgresDatabase impatient(DatabaseAddress address) {
    var impatient =
        new PostgresDatabase(
            new DatabaseSettings(address, 1, 1, Duration.ofSeconds(1), Duration.ofSeconds(1)));
    impatient.migrate();
    return impatient;
  }

  @Test
  void waitingTooLongForALockHasNoEffect() throws SQLException {
    Order order = place();
    try (Connection other = TestDatabase.connect(store.address());
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("select from work for update");

      assertThat(effect(() -> cancel(order))).isEqualTo(Effect.NONE);
    }
    assertThat(cancel(order)).isInstanceOf(Recorded.Done.class);
  }

  @Test
  void takingTooLongHasNoEffect() {
    assertThat(effect(() -> run("select pg_sleep(30)"))).isEqualTo(Effect.NONE);
    assertThat(run("select 1")).containsExactly("1");
  }

  @Test
  void aBackendThatIsEndedLeavesTheOutcomeOpen() throws SQLException {
    var sleeping =
        CompletableFuture.supplyAsync(() -> effect(() -> run("select pg_sleep(30), 'asleep'")));
    String end =
        "select pg_terminate_backend(pid) from pg_stat_activity where state = 'active'"
            + " and datname = current_database() and query like '%''asleep''%'"
            + " and pid <> pg_backend_pid()";
    while (store.column(end).isEmpty()) {
      assertThat(sleeping).isNotDone();
    }

    assertThat(sleeping.join()).isEqualTo(Effect.UNKNOWN);
    assertThat(run("select 1")).containsExactly("1");
  }

  @Test
  void aServerThatOnlyReadsHasNoEffectAndIsLeftForWhereTheNextConnectionLeads()
      throws SQLException {
    run("select set_config('default_transaction_read_only', 'on', false)");
    Order order = Purchases.placed().order();

    assertThat(effect(() -> place(order))).isEqualTo(Effect.NONE);

    assertThat(place(order).order()).isEqualTo(order);
  }

  @ParameterizedTest
  @ValueSource(strings = {"40001", "40P01", "53100", "53200", "55P03", "57014", "58030", "XX000"})
  void whatTheServerCouldNotDoHasNoEffect(String state) throws SQLException {
    failWith(state, "not deferrable");
    Order order = Purchases.placed().order();

    assertThat(effect(() -> place(order))).isEqualTo(Effect.NONE);

    assertThat(store.queries().find(order.id())).isEmpty();
  }

  @Test
  void whatTheServerCouldNotCommitHasNoEffect() throws SQLException {
    failWith("40001", "deferrable initially deferred");
    Order order = Purchases.placed().order();

    assertThat(effect(() -> place(order))).isEqualTo(Effect.NONE);

    assertThat(store.queries().find(order.id())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"22012", "23514", "42501"})
  void whatTheServerRefusesIsAMistake(String state) throws SQLException {
    failWith(state, "not deferrable");

    assertThatThrownBy(this::place)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(state);
  }

  @Test
  void whetherAnOrderIsDurableWhoseAnswerWasLostIsToldByAskingAgain() throws IOException {
    Order order = Purchases.placed().order();
    try (Proxy proxy = new Proxy(store.address());
        PostgresDatabase cut = impatient(proxy.address())) {
      var orders = new PostgresOrders(cut, NODE);
      orders.place(Purchases.placed(), HandOver.ANY_NODE, Origin.UNKNOWN);
      proxy.fallSilent();
      assertThat(effect(() -> orders.place(placing(order), HandOver.THIS_NODE, Origin.UNKNOWN)))
          .isEqualTo(Effect.UNKNOWN);
    }

    Placed again =
        new PostgresOrders(database, NODE)
            .place(placing(order), HandOver.THIS_NODE, Origin.UNKNOWN);

    assertThat(again.order()).isEqualTo(order);
    assertThat(again.lease()).contains(new Lease(order.id(), 1));
    assertThat(store.queries().history(order.id()).orElseThrow()).hasSize(1);
  }

  @Test
  void whetherAMoveIsDurableWhoseAnswerWasLostIsToldByAskingAgain() throws IOException {
    place();
    var queue = new PostgresWorkQueue(database, NODE);
    Claim claim = queue.claim(1).getFirst();
    var done = (Move.Made) claim.order().stepDone(Step.CONFIRMATION, new PartnerReference("c-1"));
    try (Proxy proxy = new Proxy(store.address());
        PostgresDatabase cut = impatient(proxy.address())) {
      var cutQueue = new PostgresWorkQueue(cut, NODE);
      // Changes nothing, and opens the connection that is to fall silent.
      var _ = cutQueue.record(new Lease(claim.order().id(), 99), done, Optional.empty());
      proxy.fallSilent();
      assertThat(effect(() -> cutQueue.record(claim.lease(), done, Optional.empty())))
          .isEqualTo(Effect.UNKNOWN);
    }

    assertThat(queue.record(claim.lease(), done, Optional.empty())).isEqualTo(new Recorded.Stale());
    assertThat(queue.held(claim.lease())).contains(done.order());
  }

  @Test
  void whatIsHeldIsToldOnlyOnceAWriteUnderWayHasEnded() throws SQLException {
    Order order = place();
    var queue = new PostgresWorkQueue(database, NODE);
    Lease lease = queue.claim(1).getFirst().lease();
    try (Connection other = TestDatabase.connect(store.address());
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("update work set version = 2, step = 'payment', failed_attempts = 0");
      var asked = CompletableFuture.supplyAsync(() -> queue.held(lease));
      store.awaitSomebodyWaitingForALock();

      other.commit();

      assertThat(asked.join().orElseThrow().version()).isEqualTo(2);
    }
    assertThat(order.version()).isEqualTo(1);
  }

  /// Lets the first event of an order fail.
  private void failWith(String state, String when) throws SQLException {
    store.execute(
        """
        create function fail() returns trigger language plpgsql as $$
        begin
          raise exception using errcode = '%s';
        end
        $$;
        create constraint trigger fail after insert on events %s
          for each row execute function fail();
        """
            .formatted(state, when));
  }

  private Order place() {
    Order order = Purchases.placed().order();
    place(order);
    return order;
  }

  private Placed place(Order order) {
    return new PostgresOrders(database, NODE)
        .place(placing(order), HandOver.ANY_NODE, Origin.UNKNOWN);
  }

  private Recorded cancel(Order order) {
    return new PostgresOrders(database, NODE).move(order, (Move.Made) order.cancel());
  }

  private List<String> run(String sql) {
    return database.commits().hasty().query(sql, _ -> {}, row -> String.valueOf(row.getString(1)));
  }

  private static Move.Made placing(Order order) {
    return Order.place(order.id(), order.purchase());
  }

  private static Effect effect(Runnable call) {
    Throwable failure = catchThrowable(call::run);
    assertThat(failure).isInstanceOf(StoreUnavailable.class);
    return ((StoreUnavailable) failure).effect();
  }
}
