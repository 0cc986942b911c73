package orders.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import orders.application.port.StoreUnavailable;

/// Runs statements on the connections of one pool, each as a transaction of its own: one round
/// trip, and what it did is durable when its answer is there.
///
/// Safe from any thread. A thread that was interrupted before finishes its call all the same, since
/// that is short, and stays interrupted. An interrupt on the way ends a virtual thread's
/// connection.
final class Statements {
  /// Sets all parameters of a statement.
  interface Binding {
    void bind(Parameters parameters) throws SQLException;
  }

  /// Makes something of the row that a result is at.
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  private final DataSource pool;

  Statements(DataSource pool) {
    this.pool = pool;
  }

  <T> List<T> query(String sql, Binding binding, Row<T> row) {
    boolean interrupted = Thread.interrupted();
    try (Connection connection = pool.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      binding.bind(new Parameters(connection, statement));
      try (ResultSet rows = statement.executeQuery()) {
        List<T> result = new ArrayList<>();
        while (rows.next()) {
          result.add(row.read(rows));
        }
        return result;
      }
    } catch (SQLException e) {
      throw new StoreUnavailable(
          "the database did not do what it was asked (state " + e.getSQLState() + ")", e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
