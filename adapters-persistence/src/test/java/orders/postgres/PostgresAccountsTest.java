package orders.postgres;

import java.sql.SQLException;
import orders.application.contract.AccountsContract;
import orders.application.port.Accounts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

final class PostgresAccountsTest extends AccountsContract {
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
    store.execute("truncate accounts");
  }

  @Override
  protected Accounts accounts() {
    return new PostgresAccounts(store.database());
  }
}
