package orders.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import orders.application.contract.Purchases;
import orders.application.port.Lease;
import orders.application.port.OrderQueries.Filter;
import orders.application.port.Orders.HandOver;
import orders.application.port.Origin;
import orders.application.port.StoreUnavailable;
import orders.application.port.WorkQueue.Obstacle;
import orders.domain.Move;
import orders.domain.Order;
import orders.domain.PartnerReference;
import orders.domain.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Without a database every call says so, and soon.
final class UnavailableTest {
  private static final Node NODE = new Node("node", Duration.ofSeconds(30));

  /// What [DatabaseSettings] allows with the times below, and as much again for a busy machine.
  private static final Duration BOUND = Duration.ofSeconds(8);

  private static DatabaseSettings impatient(DatabaseAddress address) {
    return new DatabaseSettings(address, 2, 2, Duration.ofMillis(500), Duration.ofSeconds(1));
  }

  @Test
  void aServerThatStopsIsNoticedAndFoundAgainWhenItIsBack(@TempDir Path directory)
      throws IOException {
    EmbeddedPostgres server = start(directory, 0);
    int port = server.getPort();
    var address = new DatabaseAddress("localhost", port, "postgres", "postgres", "s3cr3t");
    try (var database = new PostgresDatabase(impatient(address))) {
      database.migrate();
      Order before = Purchases.placed().order();
      new PostgresOrders(database, NODE).place(placing(before), HandOver.ANY_NODE, Origin.UNKNOWN);
      assertThat(database.isReachable()).isTrue();

      server.close();

      assertEveryCallFailsSoon(database, "s3cr3t");

      server = start(directory, port);
      Instant end = Instant.now().plusSeconds(30);
      while (catchThrowable(
              () ->
                  new PostgresOrders(database, NODE)
                      .place(Purchases.placed(), HandOver.ANY_NODE, Origin.UNKNOWN))
          != null) {
        assertThat(Instant.now()).isBefore(end);
      }
      while (!database.isReachable()) {
        assertThat(Instant.now()).isBefore(end);
      }
      assertThat(new PostgresOrderQueries(database).find(before.id())).isPresent();
    } finally {
      server.close();
    }
  }

  @Test
  void aServerThatFallsSilentIsNoticed() throws SQLException, IOException {
    try (PostgresStore store = PostgresStore.create();
        Proxy proxy = new Proxy(store.address());
        var database = new PostgresDatabase(impatient(proxy.address()))) {
      database.migrate();
      new PostgresOrders(database, NODE)
          .place(Purchases.placed(), HandOver.ANY_NODE, Origin.UNKNOWN);
      assertThat(database.isReachable()).isTrue();

      proxy.fallSilent();

      assertEveryCallFailsSoon(database, "s3cr3t");
    }
  }

  @Test
  void aRefusedStatementIsAMistakeAndItsFailureQuotesNothing() throws SQLException {
    try (PostgresStore store = PostgresStore.create()) {
      var orders = new PostgresOrders(store.database(), NODE);
      Order order = Purchases.placed().order();
      store.execute(
          "insert into events (order_id, seq, at, type) values ('%s', 1, now(), 'placed')"
              .formatted(order.id()));

      Throwable failure =
          catchThrowable(() -> orders.place(placing(order), HandOver.THIS_NODE, Origin.UNKNOWN));

      assertThat(failure).isInstanceOf(IllegalStateException.class);
      assertThat(failure.getMessage()).doesNotContain("insert");
      assertThat(printed(failure)).doesNotContain(order.id().toString());
      assertThat(store.queries().find(order.id())).isEmpty();
    }
  }

  @Test
  void aThreadThatWasInterruptedStillFinishesItsCallAndStaysInterrupted() throws SQLException {
    try (PostgresStore store = PostgresStore.create()) {
      Order order = Purchases.placed().order();
      Thread.currentThread().interrupt();

      store.orders("node").place(placing(order), HandOver.ANY_NODE, Origin.UNKNOWN);

      assertThat(Thread.interrupted()).isTrue();
      assertThat(store.queries().find(order.id())).isPresent();
    }
  }

  @Test
  void rowsThatMakeNoOrderAreABrokenDatabaseAndAreNamed() throws SQLException {
    try (PostgresStore store = PostgresStore.create()) {
      Order order = Purchases.placed().order();
      store.orders("node").place(placing(order), HandOver.ANY_NODE, Origin.UNKNOWN);
      for (String spoil :
          List.of(
              "update orders set quantities = '{0}'",
              "update orders set currency = 'dollars'",
              "update work set step = 'packing', epoch = 1",
              "update orders set skus = '{null}'",
              "alter table orders drop constraint orders_lines",
              "update orders set skus = '{}', names = '{}', quantities = '{}', unit_prices = '{}'",
              "delete from work")) {
        store.execute(spoil);
        assertThatThrownBy(() -> store.queries().find(order.id()))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining(order.id().toString());
      }
      store.execute("update events set type = 'step_done'");
      assertThatThrownBy(() -> store.queries().history(order.id()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(order.id().toString());
    }
  }

  private static void assertEveryCallFailsSoon(PostgresDatabase database, String secret) {
    var orders = new PostgresOrders(database, NODE);
    var queue = new PostgresWorkQueue(database, NODE);
    var queries = new PostgresOrderQueries(database);
    Order order = Purchases.placed().order().claimed();
    var lease = new Lease(order.id(), 1);
    var done = (Move.Made) order.stepDone(Step.CONFIRMATION, new PartnerReference("p"));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> calls = new ArrayList<>();
      for (Runnable call :
          List.<Runnable>of(
              () -> orders.place(Purchases.placed(), HandOver.THIS_NODE, Origin.UNKNOWN),
              () -> orders.move(order, (Move.Made) order.cancel()),
              () -> queue.claim(1),
              () -> queue.record(lease, done, Optional.empty()),
              () -> queue.postpone(lease, Duration.ZERO, Obstacle.PARTNER),
              () -> queue.held(lease),
              () -> queue.renew(List.of(lease)),
              () -> queue.release(List.of(lease)),
              () -> queries.find(order.id()),
              () -> queries.history(order.id()),
              () -> queries.list(Filter.NONE, Optional.empty(), 1))) {
        calls.add(threads.submit(() -> assertFailsSoon(call, secret)));
      }
      for (Future<?> call : calls) {
        call.get();
      }
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    Instant start = Instant.now();
    assertThat(database.isReachable()).isFalse();
    assertThat(Duration.between(start, Instant.now())).isLessThan(BOUND);
  }

  private static void assertFailsSoon(Runnable call, String secret) {
    Instant start = Instant.now();
    Throwable failure = catchThrowable(call::run);
    assertThat(failure).isInstanceOf(StoreUnavailable.class);
    assertThat(failure.getMessage()).doesNotContainIgnoringCase("select");
    assertThat(printed(failure)).doesNotContain(secret);
    assertThat(Duration.between(start, Instant.now())).isLessThan(BOUND);
  }

  private static String printed(Throwable failure) {
    var text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  private static Move.Made placing(Order order) {
    return Order.place(order.id(), order.purchase());
  }

  private static EmbeddedPostgres start(Path directory, int port) throws IOException {
    var builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(directory.resolve("data"))
            .setCleanDataDirectory(false);
    return (port == 0 ? builder : builder.setPort(port)).start();
  }
}
