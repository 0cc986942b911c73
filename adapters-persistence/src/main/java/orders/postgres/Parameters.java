package orders.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The parameters of a statement, set one after the other from left to right.
final class Parameters {
  /// One value of each row, for an array that stands for a column.
  interface Column<R> {
    @Nullable Object of(R row);
  }

  /// Orders are dated by a database's clock; what lies further out needs no exact comparison, and
  /// beyond some point the database could not even read it.
  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

  private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

  private final Connection connection;
  private final PreparedStatement statement;
  private int last;

  Parameters(Connection connection, PreparedStatement statement) {
    this.connection = connection;
    this.statement = statement;
  }

  void text(@Nullable String value) throws SQLException {
    statement.setObject(++last, value, Types.VARCHAR);
  }

  void bool(boolean value) throws SQLException {
    statement.setBoolean(++last, value);
  }

  void integer(int value) throws SQLException {
    statement.setInt(++last, value);
  }

  void bigint(long value) throws SQLException {
    statement.setLong(++last, value);
  }

  void uuid(UUID value) throws SQLException {
    statement.setObject(++last, value);
  }

  /// The first whole microsecond that is not before `value`: comparing the database's times with it
  /// gives the same as comparing them with `value`.
  void time(Instant value) throws SQLException {
    statement.setObject(++last, microseconds(value));
  }

  /// One array with `column` of every row.
  <R> void array(String type, Collection<R> rows, Column<R> column) throws SQLException {
    @Nullable Object[] values = rows.stream().map(column::of).toArray();
    statement.setArray(++last, connection.createArrayOf(type, values));
  }

  private static OffsetDateTime microseconds(Instant value) {
    if (value.isBefore(EARLIEST)) {
      return OffsetDateTime.MIN; // -infinity
    }
    if (value.isAfter(LATEST)) {
      return OffsetDateTime.MAX; // infinity
    }
    return value.plusNanos(999).truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
  }
}
