package orders.postgres;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import orders.application.port.StoreUnavailable;
import orders.application.port.StoreUnavailable.Effect;

/// Counts the live orders, for operators.
///
/// Reads the table of live work from end to end, and no other: ended orders, however many, cost
/// nothing; a million live ones some tenths of a second. On a connection of its own, so that it
/// neither waits for others nor keeps them waiting. Safe from any thread, one at a time.
public final class LiveOrders {
  private static final String COUNT =
      """
      select
        count(*) filter (where epoch = 0 and not compensating) as pending,
        count(*) filter (where epoch > 0 and not compensating) as processing,
        count(*) filter (where compensating and not parked) as compensating,
        count(*) filter (where parked) as parked,
        count(*) filter (where is_due) as due,
        extract(epoch from now() - min(due_at) filter (where is_due)) as longest_due,
        extract(epoch from now() - min(created_at) filter (where not parked)) as oldest
      from (
        select *, due_at <= now() and (lease_until is null or lease_until < now()) as is_due
        from work
      ) w
      """;

  private final HikariDataSource pool;
  private final BooleanSupplier prepared;

  LiveOrders(HikariDataSource pool, BooleanSupplier prepared) {
    this.pool = pool;
    this.prepared = prepared;
  }

  /// The live orders of all nodes at one moment.
  ///
  /// @param pending nothing was begun
  /// @param processing a step is being done
  /// @param compensating steps are being undone
  /// @param parked an operator must see to it
  /// @param due nobody works on it although somebody could at once
  /// @param longestDue how long the first of those has been due
  /// @param oldest how long ago the oldest order that is not parked was placed
  public record Count(
      long pending,
      long processing,
      long compensating,
      long parked,
      long due,
      Optional<Duration> longestDue,
      Optional<Duration> oldest) {}

  /// Takes no more than some seconds.
  ///
  /// @throws StoreUnavailable if the database did not answer, or has no schema yet
  public Count count() {
    if (!prepared.getAsBoolean()) {
      throw new StoreUnavailable("the database is not ready yet", Effect.NONE, null);
    }
    try (Connection connection = pool.getConnection();
        PreparedStatement statement = connection.prepareStatement(COUNT);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return read(row);
    } catch (SQLException e) {
      throw new StoreUnavailable(
          "the live orders could not be counted (state " + e.getSQLState() + ")", Effect.NONE, e);
    }
  }

  private static Count read(ResultSet row) throws SQLException {
    return new Count(
        row.getLong("pending"),
        row.getLong("processing"),
        row.getLong("compensating"),
        row.getLong("parked"),
        row.getLong("due"),
        seconds(row, "longest_due"),
        seconds(row, "oldest"));
  }

  private static Optional<Duration> seconds(ResultSet row, String column) throws SQLException {
    double seconds = row.getDouble(column);
    return row.wasNull()
        ? Optional.empty()
        : Optional.of(Duration.ofMillis(Math.max(0, Math.round(seconds * 1_000))));
  }
}
