package orders.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import orders.application.port.Claim;
import orders.application.port.Waiting;
import orders.domain.MerchantId;
import orders.domain.OrderId;
import orders.domain.Reason;
import orders.domain.Step;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/// Orders that were placed under an older schema live on under the newer one.
final class MigrationTest {
  private static final OrderId WAITING = new OrderId(new UUID(7, 1));
  private static final OrderId BACKING_OFF = new OrderId(new UUID(7, 2));

  @Test
  void theFirstVersionsOrdersKeepTheirPlaceInTheQueue() throws SQLException {
    DatabaseAddress address = TestDatabase.create();
    Flyway.configure(MigrationTest.class.getClassLoader())
        .dataSource(address.jdbcUrl(), address.user(), address.password())
        .locations("classpath:orders/postgres/migration")
        .target("1")
        .load()
        .migrate();
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
}
