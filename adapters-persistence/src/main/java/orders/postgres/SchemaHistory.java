package orders.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/// The record that Flyway keeps of migrations, as far as it says in one query that Flyway has
/// nothing to do: to load it and have it look takes longer than all else between launch and the
/// first order.
final class SchemaHistory {
  /// The version of the last file in `migration`, which are numbered from 1 without gaps.
  static final int NEWEST = 4;

  private static final String UNDEFINED_TABLE = "42P01";

  /// A version that is newer than this server's is none of its business, as it is none of Flyway's:
  /// nodes are replaced one by one. Rows of other types are for Flyway to judge, as are failures.
  private static final String IS_CURRENT =
      """
      select coalesce(bool_and(success and type = 'SQL'), false)
        and count(*) filter (where version in (select generate_series(1, ?)::text)) = ?
      from flyway_schema_history
      """;

  private SchemaHistory() {}

  /// Whether all migrations that this server knows are there, and nothing but successful ones.
  static boolean isCurrent(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(IS_CURRENT)) {
      statement.setInt(1, NEWEST);
      statement.setInt(2, NEWEST);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    } catch (SQLException e) {
      if (UNDEFINED_TABLE.equals(e.getSQLState())) {
        return false;
      }
      throw e;
    }
  }
}
