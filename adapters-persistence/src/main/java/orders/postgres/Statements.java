package orders.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import orders.application.port.StoreUnavailable;
import orders.application.port.StoreUnavailable.Effect;

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

  /// Classes of SQLSTATE: data, integrity constraints, syntax and access.
  private static final List<String> REFUSALS = List.of("22", "23", "42");

  private final DataSource pool;

  Statements(DataSource pool) {
    this.pool = pool;
  }

  <T> List<T> query(String sql, Binding binding, Row<T> row) {
    boolean interrupted = Thread.interrupted();
    try (Connection connection = connect();
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
      throw failure(e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private Connection connect() {
    try {
      return pool.getConnection();
    } catch (SQLException e) {
      throw new StoreUnavailable(
          "no connection to the database was to be had (state " + e.getSQLState() + ")",
          Effect.NONE,
          e);
    }
  }

  /// A statement that the database understood and refused is a mistake of ours; anything else may
  /// happen to anybody, and leaves open what came of the statement.
  private static RuntimeException failure(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    boolean refused = REFUSALS.stream().anyMatch(state::startsWith);
    return refused
        ? new IllegalStateException("the database refused a statement (state " + state + ")", e)
        : new StoreUnavailable(
            "the database did not answer a statement (state " + state + ")", Effect.UNKNOWN, e);
  }
}
