package orders.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import orders.application.port.Lease;
import orders.application.port.Orders.HandOver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RenewalTest {
  private PostgresStore store;

  @BeforeEach
  void open() throws SQLException {
    store = PostgresStore.create();
  }

  @AfterEach
  void close() throws SQLException {
    store.close();
  }

  private Lease place() {
    return store.place(HandOver.THIS_NODE).lease().orElseThrow();
  }

  private String leaseUntil(Lease lease) throws SQLException {
    return store
        .column("select lease_until from work where order_id = '" + lease.order() + "'")
        .getFirst();
  }

  @Test
  void anOrderThatSomebodyHasLockedKeepsNoOtherFromBeingRenewedAndIsNotLost() throws SQLException {
    Lease locked = place();
    Lease other = place();
    String before = leaseUntil(other);
    try (Connection somebody = TestDatabase.connect(store.address());
        Statement statement = somebody.createStatement()) {
      somebody.setAutoCommit(false);
      statement.execute("select from work where order_id = '" + locked.order() + "' for update");
      assertThat(store.queue("node").renew(List.of(locked, other))).isEmpty();
      somebody.rollback();
    }
    assertThat(leaseUntil(other)).isNotEqualTo(before);
  }
}
