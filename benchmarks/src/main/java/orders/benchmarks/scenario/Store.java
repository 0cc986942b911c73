package orders.benchmarks.scenario;

import java.sql.SQLException;
import java.time.Duration;
import orders.benchmarks.driver.Waiting;
import orders.benchmarks.measure.Sql;

/// A database with the server's tables. Not safe for several threads.
///
/// @param url as `DATABASE_URL`
record Store(String url, String jdbcUrl, Sql sql) implements AutoCloseable {
  /// All tables empty, and nothing left to be written of what they held.
  private static final String CLEAR = "truncate orders, events, work, ended";

  private static final Duration LONGEST = Duration.ofMinutes(20);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

  private static final String COMPLETED =
      """
      select count(*) from ended where status = 'completed' and created_at >= :since
      """;

  private static final String VACUUM = "vacuum analyze";

  private static final String CHECKPOINT = "checkpoint";

  void clear() throws SQLException {
    sql.execute(CLEAR);
    settle();
  }

  /// As a database is that has been running for a while: statistics known, nothing to clean up.
  void settle() throws SQLException {
    sql.execute(VACUUM);
    sql.execute(CHECKPOINT);
  }

  long live() throws SQLException {
    return (long) sql.number("select count(*) from work");
  }

  /// By the clock of the database, for [#completedOf].
  String now() throws SQLException {
    return sql.rows("select now()").getFirst();
  }

  /// How many of the orders placed since then are completed. Costs as much as there are of them,
  /// however many there were before.
  long completedOf(String since) throws SQLException {
    return (long) sql.number(COMPLETED.replace(":since", "'" + since + "'"));
  }

  /// Returns once no order is live any more, however many there were.
  ///
  /// @throws IllegalStateException if that takes too long even for a slow server
  void awaitAllEnded() throws SQLException {
    long start = System.nanoTime();
    while (!sql.rows("select 1 from work limit 1").isEmpty()) {
      if (System.nanoTime() - start > LONGEST.toNanos()) {
        throw new IllegalStateException(live() + " orders have not ended");
      }
      Waiting.pass(BETWEEN_LOOKS);
    }
  }

  long placed() throws SQLException {
    return (long) sql.number("select count(*) from orders");
  }

  @Override
  public void close() throws SQLException {
    sql.close();
  }
}
