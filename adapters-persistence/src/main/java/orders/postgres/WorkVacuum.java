package orders.postgres;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Cleans the table of live work as soon as much in it is dead.
///
/// A claim reads the queue from its old end. What ended there is still in the index, and every
/// claim steps over it until the table is vacuumed. Autovacuum looks once a minute; by then that
/// may be hundreds of thousands of entries, and claims cost several times what all else does.
///
/// Any number of nodes may do so: whoever finds another one at it leaves it alone.
final class WorkVacuum implements AutoCloseable {
  /// Vacuuming reads both indexes as a whole, so that a long queue asks for more to be worth it.
  private static final String IS_WORTH_IT =
      """
      select pg_stat_get_dead_tuples('work'::regclass)
        > 10000 + pg_stat_get_live_tuples('work'::regclass) / 10
      """;

  private static final String VACUUM = "vacuum (skip_locked, truncate off, parallel 0) work";

  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(2);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private static final Logger log = LoggerFactory.getLogger(WorkVacuum.class);

  private final HikariDataSource pool;
  private final BooleanSupplier prepared;
  private final CountDownLatch closed = new CountDownLatch(1);
  private boolean possible = true;

  /// Begins at once, with a thread of its own.
  ///
  /// @param prepared whether the database has the table
  WorkVacuum(HikariDataSource pool, BooleanSupplier prepared) {
    this.pool = pool;
    this.prepared = prepared;
    var _ = Thread.ofPlatform().daemon().name("work-vacuum").start(this::run);
  }

  private void run() {
    Duration pause = SHORTEST_PAUSE;
    try {
      while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        if (prepared.getAsBoolean()) {
          pause = cleanIfWorthIt(pause);
        }
      }
    } catch (InterruptedException _) {
      log.error("Interrupted; this node leaves the table of live work to autovacuum");
    }
  }

  /// @return how long to pause now: what a long transaction of somebody else may still see cannot
  ///   be removed, and is not tried again all the time
  private Duration cleanIfWorthIt(Duration before) {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      if (isWorthIt(statement)) {
        statement.execute(VACUUM);
        if (isWorthIt(statement)) {
          return longer(before);
        }
      }
      possible = true;
    } catch (SQLException e) {
      if (possible && closed.getCount() > 0) {
        log.warn("Could not vacuum the table of live work (state {})", e.getSQLState());
      }
      possible = false;
      return longer(before);
    }
    return SHORTEST_PAUSE;
  }

  private static boolean isWorthIt(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery(IS_WORTH_IT)) {
      return row.next() && row.getBoolean(1);
    }
  }

  private static Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
