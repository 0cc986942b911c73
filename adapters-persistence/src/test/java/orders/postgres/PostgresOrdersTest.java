package orders.postgres;

import java.sql.SQLException;
import java.time.Duration;
import orders.application.contract.OrdersContract;
import orders.application.port.OrderQueries;
import orders.application.port.Orders;
import orders.application.port.WorkQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

class PostgresOrdersTest extends OrdersContract {
  private static PostgresStore store;

  @BeforeAll
  static void open() throws SQLException {
    store = PostgresStore.create();
  }

  @AfterAll
  static void close() throws SQLException {
    store.close();
  }

  @BeforeEach
  void empty() throws SQLException {
    store.empty();
  }

  @Override
  protected Orders orders(String node) {
    return store.orders(node, LEASE);
  }

  @Override
  protected WorkQueue queue(String node) {
    return store.queue(node, LEASE);
  }

  @Override
  protected OrderQueries queries() {
    return store.queries();
  }

  @Override
  protected void passTime(Duration duration) {
    try {
      store.passTime(duration);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
