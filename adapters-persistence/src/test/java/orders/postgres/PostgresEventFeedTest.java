package orders.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import orders.application.contract.EventFeedContract;
import orders.application.contract.TestStore;
import orders.application.port.EventFeed;
import orders.application.port.EventFeed.Page;
import orders.application.port.FeedEvent;
import orders.application.port.FeedPosition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PostgresEventFeedTest extends EventFeedContract {
  private static final String TELL =
      """
      with placed as (
        insert into orders (
          id, customer_id, merchant_id, currency, total, created_at, skus, names, quantities,
          unit_prices)
        values (?, 'c', 'm', 'USD', 1, now(), '{s}', '{n}', '{1}', '{1}')
        returning id)
      insert into events (order_id, seq, at, type)
      select id, 1, ?, 'placed' from placed
      """;

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

  private static void tell(Connection connection, UUID order, Instant at) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(TELL)) {
      statement.setObject(1, order);
      statement.setTimestamp(2, Timestamp.from(at));
      statement.execute();
    }
  }

  private static Connection begin() throws SQLException {
    Connection connection = TestDatabase.connect(store.address());
    connection.setAutoCommit(false);
    return connection;
  }

  private static List<UUID> orders(List<FeedEvent> events) {
    return events.stream().map(event -> event.order().value()).toList();
  }

  @Test
  void whatIsCommittedLateIsNotSkipped() throws SQLException {
    EventFeed feed = store.feed();
    FeedPosition start = feed.end();
    // The early one sorts last by its id: its place is one of its transaction.
    UUID early = new UUID(-1, 2);
    UUID late = new UUID(7, 1);
    try (Connection first = begin();
        Connection second = begin()) {
      tell(first, early, Instant.now());
      tell(second, late, Instant.now());
      second.commit();

      Page meanwhile = feed.read(start, 10);
      assertThat(meanwhile.events()).as("nothing that something may still precede").isEmpty();

      first.commit();
      assertThat(orders(behind(meanwhile.end(), 2))).containsExactly(early, late);
      assertThat(orders(behind(start, 2))).containsExactly(early, late);
    }
  }

  @Test
  void whatIsRolledBackIsNotToldAndHoldsNothingBackAnyMore() throws SQLException {
    FeedPosition start = store.feed().end();
    try (Connection first = begin();
        Connection second = begin()) {
      tell(first, new UUID(7, 1), Instant.now());
      tell(second, new UUID(7, 2), Instant.now());
      second.commit();
      first.rollback();
    }
    assertThat(orders(behind(start, 1))).containsExactly(new UUID(7, 2));
  }

  @Test
  void anEndBesideAnOpenTransactionIsBeforeWhatThatWrites() throws SQLException {
    try (Connection first = begin()) {
      tell(first, new UUID(7, 1), Instant.now());
      FeedPosition end = store.feed().end();
      first.commit();
      assertThat(orders(behind(end, 1))).containsExactly(new UUID(7, 1));
    }
  }

  @Test
  void aTransactionThatHoldsTheFeedBackShowsInItsLag() throws SQLException {
    EventFeed feed = store.feed();
    FeedPosition start = feed.end();
    try (Connection first = begin()) {
      tell(first, new UUID(7, 1), Instant.now());
      Instant began = Instant.now();
      feed.read(start, 1);
      Page later;
      do {
        later = feed.read(start, 1);
      } while (Instant.now().isBefore(began.plus(Duration.ofSeconds(2))));
      assertThat(later.lag()).isGreaterThan(Duration.ofMillis(1_500));
      first.rollback();
    }
  }

  /// As when a node begins to read, or is asked for the first time, while something is open for
  /// longer than the node knows.
  @Test
  void aNodeThatComesLateSkipsNothingThatAnOpenTransactionHoldsBack() throws SQLException {
    FeedPosition start = store.feed().end();
    FeedPosition place = start.since(start.since().minusSeconds(40));
    UUID held = new UUID(7, 2);
    try (Connection first = begin();
        Connection second = begin()) {
      tell(first, new UUID(7, 1), Instant.now().minusSeconds(40));
      tell(second, held, Instant.now().minusSeconds(30));
      second.commit();

      Page meanwhile = store.feed().read(place, 10);
      assertThat(meanwhile.events()).isEmpty();
      FeedPosition again = store.feed().read(meanwhile.end(), 10).end();

      first.rollback();
      assertThat(orders(behind(meanwhile.end(), 1))).containsExactly(held);
      assertThat(orders(behind(again, 1))).containsExactly(held);
    }
  }

  @Test
  void whoWasAwayForMinutesSkipsNothingThatAnOpenTransactionHoldsBack() throws SQLException {
    FeedPosition start = store.feed().end();
    FeedPosition place = start.since(start.since().minusSeconds(300));
    UUID held = new UUID(7, 2);
    List<FeedPosition> places = new ArrayList<>();
    try (Connection first = begin();
        Connection second = begin()) {
      tell(first, new UUID(7, 1), Instant.now().minusSeconds(200));
      tell(second, held, Instant.now().minusSeconds(180));
      second.commit();

      EventFeed feed = store.feed();
      Page page = feed.read(place, 10);
      places.add(page.end());
      while (!page.isLast()) {
        page = feed.read(page.end(), 10);
        places.add(page.end());
      }
      first.rollback();
    }
    for (FeedPosition each : places) {
      assertThat(orders(behind(each, 1))).as("from %s", each).containsExactly(held);
    }
  }

  /// Events of the last minutes, dated as those of real statements could be: up to 4 s before or
  /// after the ones beside them.
  @Test
  void whoWasAwayForMinutesIsGivenEverythingInOrder() throws SQLException {
    FeedPosition now = store.feed().end();
    Instant begin = now.since().minus(Duration.ofMinutes(9));
    Random random = new Random(7);
    List<UUID> told = new ArrayList<>();
    try (Connection connection = TestDatabase.connect(store.address())) {
      for (int i = 0; i < 500; i++) {
        told.add(new UUID(random.nextLong(), random.nextLong()));
        long jitter = random.nextLong(8_000);
        tell(connection, told.getLast(), begin.plusSeconds(i).plusMillis(jitter));
        if (i == 250) {
          // As far as events go, nothing happens for some minutes.
          begin = begin.plusSeconds(30);
        }
      }
    }
    FeedPosition place = FeedPosition.before(begin.minusSeconds(40), now.turn());
    for (int size : new int[] {1_000, 70, 499}) {
      assertThat(orders(inPages(store.feed(), place, size))).isEqualTo(told);
    }
    List<FeedEvent> all = inPages(store.feed(), place, 1_000);
    for (int i = 0; i < all.size(); i += 50) {
      assertThat(orders(inPages(store.feed(), all.get(i).position(), 100)))
          .isEqualTo(told.subList(i + 1, told.size()));
    }
  }

  @Test
  void theNewestEventsAreFoundWithoutReadingAllOthers() throws SQLException {
    store.execute(
        """
        insert into events (order_id, seq, at, type)
        select gen_random_uuid(), 1, now() - interval '1 h', 'placed'
        from generate_series(1, 200000)
        """);
    EventFeed feed = store.feed();
    FeedPosition start = feed.end();
    feed.read(start, 1);
    place();
    behind(start, 1);
    long blocks = 0;
    try (Connection connection = TestDatabase.connect(store.address());
        PreparedStatement read =
            connection.prepareStatement("explain (analyze, buffers) " + PostgresEventFeed.READ)) {
      read.setLong(1, start.turn());
      read.setString(2, Long.toString(start.turn()));
      read.setTimestamp(3, Timestamp.from(start.since()));
      read.setTimestamp(4, Timestamp.from(start.since().plusSeconds(3_600)));
      read.setLong(5, Long.MAX_VALUE);
      read.setLong(6, start.turn());
      read.setObject(7, start.order().value());
      read.setLong(8, 0);
      read.setInt(9, 100);
      try (Statement settings = connection.createStatement();
          ResultSet none =
              settings.executeQuery("select set_config('enable_seqscan', 'off', false)")) {
        assertThat(none.next()).isTrue();
      }
      List<String> plan = new ArrayList<>();
      try (ResultSet rows = read.executeQuery()) {
        while (rows.next()) {
          plan.add(rows.getString(1));
        }
      }
      assertThat(plan).anyMatch(line -> line.contains("Bitmap Index Scan on events_by_time"));
      String heap =
          plan.stream()
              .filter(line -> line.contains("Heap Blocks: lossy="))
              .findFirst()
              .orElseThrow();
      blocks = Long.parseLong(heap.replaceAll(".*lossy=", ""));
    }
    assertThat(blocks).isPositive().isLessThan(4 * 64);
  }
}
