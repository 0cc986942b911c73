package orders.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import orders.application.contract.Purchases;
import orders.application.port.Orders.HandOver;
import orders.application.port.Origin;
import orders.application.port.StoreUnavailable;
import orders.application.port.StoreUnavailable.Effect;
import orders.domain.Order;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Calls that cannot be made soon are refused at once, rather than made to wait until it is
/// certain.
final class AdmissionTest {
  private static final Node NODE = new Node("node", Duration.ofSeconds(30));
  private static final int WAITING = 2;
  private static final int INSIDE = 1 + WAITING;

  private PostgresStore store;
  private PostgresDatabase database;

  @BeforeEach
  void open() throws SQLException {
    store = PostgresStore.create();
    var patience = Duration.ofSeconds(20);
    database =
        new PostgresDatabase(
            new DatabaseSettings(
                store.address(), 1, 1, patience, patience, WAITING, WAITING, Sharing.USUAL));
    database.migrate();
  }

  @AfterEach
  void close() throws SQLException {
    database.close();
    store.close();
  }

  @Test
  void ofTooManyThatPlaceOrdersOneIsRefusedAtOnceAndTheOthersAreServed() throws Exception {
    var orders = new PostgresOrders(database, NODE);

    assertOneIsRefused(() -> orders.place(Purchases.placed(), HandOver.ANY_NODE, Origin.UNKNOWN));
  }

  @Test
  void ofTooManyThatReadOneIsRefusedAtOnceAndTheOthersAreServed() throws Exception {
    Order order = Purchases.placed().order();

    assertOneIsRefused(() -> new PostgresOrderQueries(database).find(order.id()));
  }

  @Test
  void ofTooMuchWorkOneIsRefusedAtOnceAndTheOthersAreServed() throws Exception {
    assertOneIsRefused(() -> new PostgresWorkQueue(database, NODE).claim(1));
  }

  @Test
  void workIsNotKeptOutByThoseWhoPlaceOrders() throws Exception {
    var orders = new PostgresOrders(database, NODE);
    var queue = new PostgresWorkQueue(database, NODE);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var claim = new FutureTask<>(() -> queue.claim(1));
      try (Connection other = TestDatabase.connect(store.address())) {
        lock(other);
        var done = new ExecutorCompletionService<>(threads);
        for (int i = 0; i < INSIDE + 1; i++) {
          done.submit(() -> orders.place(Purchases.placed(), HandOver.ANY_NODE, Origin.UNKNOWN));
        }
        assertRefused(done.take());
        threads.execute(claim);
        assertThatThrownBy(() -> claim.get(300, TimeUnit.MILLISECONDS))
            .as("it waits like the others")
            .isInstanceOf(TimeoutException.class);
      }
      assertThat(claim.get()).isNotNull();
    }
  }

  private void assertOneIsRefused(Callable<Object> call) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var done = new ExecutorCompletionService<>(threads);
      try (Connection other = TestDatabase.connect(store.address())) {
        lock(other);
        for (int i = 0; i < INSIDE + 1; i++) {
          done.submit(call);
        }
        assertRefused(done.take());
        assertThat(done.poll()).as("the others wait").isNull();
      }
      for (int i = 0; i < INSIDE; i++) {
        assertThat(done.take().get()).isNotNull();
      }
      assertThat(call.call()).as("there is room again").isNotNull();
    }
  }

  private static void assertRefused(Future<?> call) {
    assertThatThrownBy(call::get)
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOfSatisfying(
            StoreUnavailable.class,
            refused -> {
              assertThat(refused.effect()).isEqualTo(Effect.NONE);
              assertThat(refused).hasMessage("too many calls wait for the database");
            });
  }

  /// Nobody gets at the work until `connection` is closed.
  private static void lock(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("lock table work in access exclusive mode");
    }
  }
}
