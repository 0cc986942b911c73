package orders.postgres;

import java.sql.SQLException;
import orders.application.contract.OrderChangesContract;
import orders.application.contract.TestStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

final class PostgresOrderChangesTest extends OrderChangesContract {
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
  protected TestStore store() {
    return store;
  }
}
