package orders.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import orders.application.contract.Purchases;
import orders.application.port.Claim;
import orders.application.port.Waiting;
import orders.domain.ItemName;
import orders.domain.Line;
import orders.domain.MerchantId;
import orders.domain.Order;
import orders.domain.OrderId;
import orders.domain.Purchase;
import orders.domain.Reason;
import orders.domain.Reference;
import orders.domain.Step;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Orders that were placed under an older schema live on under the newer one.
final class MigrationTest {
  private static final OrderId WAITING = new OrderId(new UUID(7, 1));
  private static final OrderId BACKING_OFF = new OrderId(new UUID(7, 2));

  private final DatabaseAddress address = TestDatabase.create();

  @Test
  void theFirstVersionsOrdersKeepTheirPlaceInTheQueue() throws SQLException {
    migrateTo("1");
    try (Connection connection = TestDatabase.connect(address);
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          insert into orders (id, customer_id, merchant_id, currency, total, created_at)
          values
            ('%1$s', 'c', 'bakery', 'USD', 1, now()), ('%2$s', 'c', 'florist', 'USD', 1, now());
          insert into order_lines (order_id, line, sku, quantity, unit_price)
          values ('%1$s', 1, 's', 1, 1), ('%2$s', 1, 's', 1, 1);
          insert into events (order_id, seq, at, type, step, attempt, reason)
          values
            ('%1$s', 1, now(), 'placed', null, null, null),
            ('%2$s', 1, now(), 'placed', null, null, null),
            ('%2$s', 2, now(), 'step_failed', 'confirmation', 1, 'down');
          insert into work (
            order_id, step, compensating, failed_attempts, round, version, created_at, updated_at,
            due_at, epoch)
          values
            ('%1$s', 'confirmation', false, 0, 1, 1, now(), now(), now(), 0),
            ('%2$s', 'confirmation', false, 1, 1, 2, now(), now(), now() + interval '1 h', 1);
          """
              .formatted(WAITING, BACKING_OFF));
    }

    try (var database = new PostgresDatabase(PostgresStore.settings(address))) {
      database.migrate();

      var waiting =
          (Waiting.ForPartner)
              new PostgresOrderQueries(database)
                  .find(BACKING_OFF)
                  .orElseThrow()
                  .waiting()
                  .orElseThrow();
      assertThat(waiting)
          .isEqualTo(
              new Waiting.ForPartner(
                  Step.CONFIRMATION, 2, waiting.until(), Optional.of(Reason.of("down"))));
      List<Claim> claims =
          new PostgresWorkQueue(database, new Node("node", Duration.ofSeconds(30))).claim(10);
      assertThat(claims).hasSize(1);
      assertThat(claims.getFirst().order().id()).isEqualTo(WAITING);
      assertThat(claims.getFirst().order().purchase().merchant())
          .isEqualTo(new MerchantId("bakery"));
    }
  }

  @Test
  void linesThatHadATableOfTheirOwnStayAsTheyWere() throws SQLException {
    migrateTo("2");
    List<Order> orders =
        Stream.of(
                Purchases.bookcase(),
                Purchases.bare(),
                Purchases.longest(),
                Purchases.dearest(),
                Purchases.awkward())
            .map(purchase -> Purchases.placed(purchase).order())
            .toList();
    Order withoutLines = Purchases.placed().order();
    try (Connection connection = TestDatabase.connect(address)) {
      for (Order order : orders) {
        insertAsOfVersionTwo(connection, order, order.purchase().lines());
      }
      insertAsOfVersionTwo(connection, withoutLines, List.of());
      // As in any database that is used. The planner knows then that it need not go by the key.
      execute(connection, "analyze");
    }
    List<String> before = lines();

    try (var database = new PostgresDatabase(PostgresStore.settings(address))) {
      database.migrate();

      var queries = new PostgresOrderQueries(database);
      for (Order order : orders) {
        assertThat(queries.find(order.id()).orElseThrow().order()).isEqualTo(order);
      }
      assertThat(lines()).isEqualTo(before).hasSizeGreaterThan(Purchase.MAX_LINES);
      assertThatThrownBy(() -> queries.find(withoutLines.id()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(withoutLines.id().toString());
    }
  }

  @Test
  void liveWorkStaysAsItWas() throws SQLException {
    migrateTo("4");
    try (Connection connection = TestDatabase.connect(address)) {
      execute(
          connection,
          """
          insert into work (
            order_id, merchant_id, step, compensating, failure_step, failure_kind, failure_reason,
            failed_attempts, round, version, created_at, updated_at, due_at, epoch, owner,
            lease_until, parked, obstacle)
          values
            (gen_random_uuid(), 'a', 'payment', false, null, null, null, 1, 2, 3,
              '2026-01-01', '2026-01-02', '2026-01-03', 4, 'node', '2026-01-04', false, null),
            (gen_random_uuid(), 'b', 'delivery', false, null, null, null, 5, 6, 7,
              '2026-02-01', '2026-02-02', '2026-02-03', 8, null, null, false, 'breaker'),
            (gen_random_uuid(), 'c', 'confirmation', true, 'payment', 'declined', 'no', 9, 10, 11,
              '2026-03-01', '2026-03-02', 'infinity', 12, null, null, true, null)
          """);
    }
    List<String> before = work();

    try (var database = new PostgresDatabase(PostgresStore.settings(address))) {
      database.migrate();
    }

    assertThat(work()).isEqualTo(before).hasSize(3);
  }

  /// As whoever watches the queue has it.
  @Test
  void whatOthersMayDoWithTheTablesStays() throws SQLException {
    migrateTo("2");
    String granted =
        """
        select distinct table_name::text from information_schema.role_table_grants
        where grantee = 'PUBLIC' and table_schema = 'public' order by 1
        """;
    try (Connection connection = TestDatabase.connect(address)) {
      execute(connection, "grant select on orders, work, events, ended to public");
    }

    try (var database = new PostgresDatabase(PostgresStore.settings(address))) {
      database.migrate();
    }

    assertThat(column(granted)).containsExactly("ended", "events", "orders", "work");
  }

  private List<String> work() throws SQLException {
    return column("select to_jsonb(w)::text from work w order by merchant_id");
  }

  private void migrateTo(String version) {
    Flyway.configure(MigrationTest.class.getClassLoader())
        .dataSource(address.jdbcUrl(), address.user(), address.password())
        .locations("classpath:orders/postgres/migration")
        .target(version)
        .load()
        .migrate();
  }

  /// The last line first: what a table gives back without being asked for an order proves nothing.
  private static void insertAsOfVersionTwo(Connection connection, Order order, List<Line> lines)
      throws SQLException {
    Purchase purchase = order.purchase();
    execute(
        connection,
        """
        insert into orders (id, customer_id, merchant_id, reference, currency, total, created_at)
        values (?, ?, ?, ?, ?, ?, now())
        """,
        order.id().value(),
        purchase.customer().value(),
        purchase.merchant().value(),
        purchase.reference().map(Reference::value).orElse(null),
        purchase.currency().getCurrencyCode(),
        purchase.total().minorUnits());
    for (int i = lines.size(); i > 0; i--) {
      Line line = lines.get(i - 1);
      execute(
          connection,
          """
          insert into order_lines (order_id, line, sku, name, quantity, unit_price)
          values (?, ?, ?, ?, ?, ?)
          """,
          order.id().value(),
          i,
          line.sku().value(),
          line.name().map(ItemName::value).orElse(null),
          line.quantity(),
          line.unitPrice().minorUnits());
    }
    execute(
        connection,
        """
        insert into work (
          order_id, merchant_id, step, compensating, failed_attempts, round, version, created_at,
          updated_at, due_at, epoch)
        values (?, ?, 'confirmation', false, 0, 1, 1, now(), now(), now(), 0)
        """,
        order.id().value(),
        purchase.merchant().value());
  }

  private static void execute(Connection connection, String sql, @Nullable Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      statement.execute();
    }
  }

  /// All there are, as text.
  private List<String> lines() throws SQLException {
    return column("select l::text from order_lines l order by order_id, line");
  }

  private List<String> column(String sql) throws SQLException {
    try (Connection connection = TestDatabase.connect(address);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }
}
