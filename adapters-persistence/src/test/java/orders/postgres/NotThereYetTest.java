package orders.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import orders.application.contract.Purchases;
import orders.application.port.OrderQueries.Filter;
import orders.application.port.Orders.HandOver;
import orders.application.port.Origin;
import orders.application.port.StoreUnavailable;
import orders.application.port.StoreUnavailable.Effect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A database may come after those who use it.
final class NotThereYetTest {
  private static final Node NODE = new Node("node", Duration.ofSeconds(30));
  private static final Duration BOUND = Duration.ofSeconds(8);

  private static PostgresDatabase open(int port, String name) {
    var address =
        new DatabaseAddress(
            "127.0.0.1", port, name, "postgres", "s3cr3t", DatabaseAddress.SslMode.DISABLE);
    return new PostgresDatabase(
        new DatabaseSettings(address, 2, 2, Duration.ofSeconds(1), Duration.ofSeconds(1)));
  }

  @Test
  void everythingWorksOnceItIsThereAndItsSchemaWasMade(@TempDir Path directory) throws IOException {
    int port = freePort();
    try (PostgresDatabase database = open(port, "postgres")) {
      assertThat(failure(database)).isEqualTo("Connection refused");
      assertEveryCallIsRefusedAtOnce(database);

      try (EmbeddedPostgres _ =
          EmbeddedPostgres.builder()
              .setDataDirectory(directory.resolve("data"))
              .setPort(port)
              .start()) {
        assertEveryCallIsRefusedAtOnce(database);

        database.migrate();
        database.migrate();

        assertThat(database.isReachable()).isTrue();
        new PostgresOrders(database, NODE)
            .place(Purchases.placed(), HandOver.ANY_NODE, Origin.UNKNOWN);
        assertThat(new PostgresWorkQueue(database, NODE).claim(1)).hasSize(1);
        assertThat(new PostgresOrderQueries(database).list(Filter.NONE, Optional.empty(), 1))
            .hasSize(1);
      }
    }
  }

  @Test
  void aServerThatTakesCallsAndSaysNothingIsNotWaitedForForLong() throws IOException {
    try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        PostgresDatabase database = open(silent.getLocalPort(), "orders")) {
      Instant start = Instant.now();

      failure(database);

      assertThat(Duration.between(start, Instant.now())).isLessThan(BOUND);
      assertEveryCallIsRefusedAtOnce(database);
    }
  }

  @Test
  void theFailureSaysWhatTheServerSaid() {
    DatabaseAddress server = TestDatabase.create();
    var elsewhere =
        new DatabaseAddress(
            server.host(), server.port(), "nowhere", server.user(), server.password());
    try (var database = new PostgresDatabase(DatabaseSettings.of(elsewhere))) {
      assertThat(catchThrowable(database::migrate))
          .isInstanceOf(StoreUnavailable.class)
          .hasMessageContaining("\"nowhere\" does not exist");
    }
  }

  private static String failure(PostgresDatabase database) {
    Throwable failure = catchThrowable(database::migrate);
    assertThat(failure).isInstanceOf(StoreUnavailable.class);
    var printed = new StringWriter();
    failure.printStackTrace(new PrintWriter(printed));
    assertThat(printed.toString()).doesNotContain("s3cr3t");
    assertThat(failure.getMessage()).doesNotContain("\n").hasSizeLessThan(500);
    return String.valueOf(failure.getMessage());
  }

  private static void assertEveryCallIsRefusedAtOnce(PostgresDatabase database) {
    Instant start = Instant.now();
    var orders = new PostgresOrders(database, NODE);
    assertRefused(() -> orders.place(Purchases.placed(), HandOver.THIS_NODE, Origin.UNKNOWN));
    assertRefused(() -> new PostgresWorkQueue(database, NODE).claim(1));
    assertRefused(() -> new PostgresOrderQueries(database).list(Filter.NONE, Optional.empty(), 1));
    assertThat(database.isReachable()).isFalse();
    assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofMillis(500));
  }

  private static void assertRefused(Runnable call) {
    assertThat(catchThrowable(call::run))
        .isInstanceOfSatisfying(
            StoreUnavailable.class, refused -> assertThat(refused.effect()).isEqualTo(Effect.NONE));
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
