package orders.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/// The record that Flyway keeps of migrations, as far as it says in one query that Flyway has
/// nothing to do: to load it and have it look takes longer than all else between launch and the
/// first order.
final class SchemaHistory {
  /// All files in `migration`.
  static final List<String> MIGRATIONS =
      List.of(
          "V1__orders.sql",
          "V2__keys_turns_and_parked_orders.sql",
          "V3__lines_in_their_order.sql",
          "V4__room_for_the_steps_of_an_order.sql",
          "V5__what_steps_change_stands_together.sql",
          "V6__where_orders_come_from.sql",
          "V7__accounts.sql",
          "V8__feed.sql");

  private static final String UNDEFINED_TABLE = "42P01";

  /// A version that is newer than this server's is none of its business, as it is none of Flyway's:
  /// nodes are replaced one by one. Rows of other types are for Flyway to judge, as are failures,
  /// and as is what other applications did, whose migrations have numbers too: Flyway looks into
  /// the first schema of the search path only.
  private static final String IS_CURRENT =
      """
      select coalesce(bool_and(success and type = 'SQL'), false)
        and count(*) filter (where script = any (?)) = ?
        and (
          select n.nspname = current_schema()
          from pg_class c
          join pg_namespace n on n.oid = c.relnamespace
          where c.oid = 'flyway_schema_history'::regclass)
      from flyway_schema_history
      """;

  private SchemaHistory() {}

  /// Whether all migrations that this server knows are there, and nothing but successful ones.
  static boolean isCurrent(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(IS_CURRENT)) {
      statement.setArray(1, connection.createArrayOf("text", MIGRATIONS.toArray()));
      statement.setInt(2, MIGRATIONS.size());
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
