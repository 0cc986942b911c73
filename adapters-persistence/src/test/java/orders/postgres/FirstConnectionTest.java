package orders.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import orders.application.contract.Purchases;
import orders.application.port.Orders.HandOver;
import orders.application.port.Origin;
import orders.application.port.StoreUnavailable;
import orders.domain.OrderId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The very first connection of a pool tells it what it is dealing with. If it breaks just then,
/// the pool must not have learnt anything wrong.
final class FirstConnectionTest {
  private static final Node NODE = new Node("node", Duration.ofSeconds(30));
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static PostgresDatabase open(DatabaseAddress address) {
    return new PostgresDatabase(
        new DatabaseSettings(address, 2, 2, Duration.ofSeconds(1), Duration.ofSeconds(1)));
  }

  private interface Call {
    void make();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void readingGoesOnWhereverItBroke(int roundTrips) throws Exception {
    try (Proxy proxy = new Proxy(TestDatabase.create());
        PostgresDatabase database = open(proxy.address())) {
      database.migrate();
      OrderId unknown = Purchases.placed().order().id();
      PostgresOrderQueries queries = new PostgresOrderQueries(database);
      proxy.endNextConnectionAfter(roundTrips);
      awaitSuccess(() -> queries.find(unknown));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void writingGoesOnWhereverItBroke(int roundTrips) throws Exception {
    try (Proxy proxy = new Proxy(TestDatabase.create());
        PostgresDatabase database = open(proxy.address())) {
      database.migrate();
      PostgresOrders orders = new PostgresOrders(database, NODE);
      proxy.endNextConnectionAfter(roundTrips);
      awaitSuccess(() -> orders.place(Purchases.placed(), HandOver.ANY_NODE, Origin.UNKNOWN));
    }
  }

  private static void awaitSuccess(Call call) {
    long start = System.nanoTime();
    while (true) {
      try {
        call.make();
        return;
      } catch (StoreUnavailable e) {
        assertThat(Duration.ofNanos(System.nanoTime() - start))
            .as(e.getMessage())
            .isLessThan(PATIENCE);
      }
    }
  }
}
