package orders.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import orders.faults.client.Rush;
import orders.faults.client.Storefront;
import orders.faults.client.Superstore;
import orders.faults.process.PostgresServer;
import orders.faults.process.ServerProcess;
import orders.http.badinput.BadCase;
import orders.http.badinput.BadInput;
import orders.http.badinput.BadInputCheck;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// P9 of the packaged server: all bad input that there is, in a row, leaves nothing in PostgreSQL
/// and nothing in the log, and the main job is done as before.
final class BadInputIT {
  private static final int ORDERS = 500;

  private static final Map<String, String> QUICK_PARTNERS =
      Map.of(
          "SIMULATED_CONFIRMATION_MS", "5",
          "SIMULATED_PAYMENT_MS", "5",
          "SIMULATED_DELIVERY_MS", "5");

  private static final String TABLES =
      "select tablename from pg_tables where schemaname = 'public' order by 1";

  @TempDir private Path directory;

  @Test
  void nothingOfItIsStoredOrLoggedAndTheMainJobIsDoneAsBefore() throws Exception {
    try (PostgresServer postgres = PostgresServer.start(directory.resolve("database"), Map.of());
        ServerProcess server = launch(postgres)) {
      Storefront storefront = new Storefront(server.awaitReady());
      completeSome(storefront, Superstore.orders(Project.SUPERSTORE).subList(0, 10));
      List<String> stored = rows(postgres);
      String printed = server.output();

      int port = server.awaitReady().getPort();
      SoftAssertions answers = new SoftAssertions();
      for (BadCase bad : BadInput.cases().toList()) {
        answers.check(() -> BadInputCheck.check(bad, port));
      }
      answers.assertAll();
      assertThat(rows(postgres)).isEqualTo(stored);
      assertThat(server.output()).isEqualTo(printed);

      completeSome(storefront, Superstore.orders(Project.SUPERSTORE).subList(0, ORDERS));
    }
  }

  private ServerProcess launch(PostgresServer postgres) {
    Map<String, String> environment = new HashMap<>(QUICK_PARTNERS);
    environment.put("DATABASE_URL", postgres.url());
    return ServerProcess.launch(Project.JAR, directory.resolve("server"), environment);
  }

  /// How many rows each table has.
  private static List<String> rows(PostgresServer postgres) throws SQLException {
    List<String> rows = new ArrayList<>();
    for (String table : postgres.query(TABLES)) {
      rows.add(table + postgres.query("select count(*) from " + table));
    }
    return rows;
  }

  private static void completeSome(Storefront storefront, List<String> orders) throws Exception {
    Rush rush = Rush.start(storefront, orders, 8).join();
    assertThat(rush.answers()).isEqualTo(Map.of(201, orders.size()));
    Checks checks = new Checks(storefront);
    checks.awaitAllEnded();
    Map<String, JsonNode> stored = checks.allOrders();
    checks.areCompletedAsAcknowledged(stored, rush.acknowledged());
  }
}
