package orders.postgres;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import orders.application.port.StoreUnavailable;
import orders.application.port.StoreUnavailable.Effect;

/// Runs statements on the connections of one pool, each as a transaction of its own: one round
/// trip, and what it did is durable when its answer is there.
///
/// So many callers may be inside at once, most of them waiting for a connection; one more is
/// refused at once. Safe from any thread. A thread that was interrupted before finishes its call
/// all the same, since that is short, and stays interrupted. An interrupt on the way ends a virtual
/// thread's connection.
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

  /// Classes of what the driver says by itself about a statement that the server may have carried
  /// out: it gave warnings, or no rows, or the connection broke.
  private static final List<String> NOT_ANSWERS = List.of("01", "02", "08");

  /// What a server says to writes that has another one above it: to go on asking it would be in
  /// vain, while a new connection may lead to that one.
  private static final String READ_ONLY = "25006";

  private final HikariDataSource pool;
  private final BooleanSupplier prepared;
  private final Semaphore places;

  /// @param prepared whether the database has the schema that the statements are about
  /// @param callers how many may be inside at once
  Statements(HikariDataSource pool, BooleanSupplier prepared, int callers) {
    this.pool = pool;
    this.prepared = prepared;
    this.places = new Semaphore(callers);
  }

  <T> List<T> query(String sql, Binding binding, Row<T> row) {
    if (!prepared.getAsBoolean()) {
      throw new StoreUnavailable("the database is not ready yet", Effect.NONE, null);
    }
    if (!places.tryAcquire()) {
      throw new StoreUnavailable("too many calls wait for the database", Effect.NONE, null);
    }
    boolean interrupted = Thread.interrupted();
    try (Connection connection = connect()) {
      return query(connection, sql, binding, row);
    } catch (SQLException e) {
      throw failure(e, Effect.UNKNOWN);
    } finally {
      places.release();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private <T> List<T> query(Connection connection, String sql, Binding binding, Row<T> row)
      throws SQLException {
    // The pool may take the connection away from its wrapper as soon as something fails.
    Connection session = connection.unwrap(Connection.class);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      binding.bind(new Parameters(connection, statement));
      try (ResultSet rows = execute(statement, connection, session)) {
        List<T> result = new ArrayList<>();
        while (rows.next()) {
          result.add(row.read(rows));
        }
        return result;
      }
    }
  }

  private ResultSet execute(PreparedStatement statement, Connection connection, Connection session)
      throws SQLException {
    try {
      return statement.executeQuery();
    } catch (SQLException e) {
      RuntimeException failure = failure(e, wasUndone(e, session) ? Effect.NONE : Effect.UNKNOWN);
      if (READ_ONLY.equals(e.getSQLState())) {
        pool.evictConnection(connection);
      }
      throw failure;
    }
  }

  /// A server that answers with an error and goes on listening has undone the statement's
  /// transaction. One that hangs up after it, or without a word, may have committed before.
  private static boolean wasUndone(SQLException e, Connection session) throws SQLException {
    String state = e.getSQLState();
    return state != null
        && NOT_ANSWERS.stream().noneMatch(state::startsWith)
        && !session.isClosed();
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
  /// happen to anybody.
  private static RuntimeException failure(SQLException e, Effect effect) {
    String state = String.valueOf(e.getSQLState());
    if (REFUSALS.stream().anyMatch(state::startsWith)) {
      return new IllegalStateException("the database refused a statement (state " + state + ")", e);
    }
    String what =
        switch (effect) {
          case NONE -> "the database could not carry out a statement (state ";
          case UNKNOWN -> "the database did not answer a statement (state ";
        };
    return new StoreUnavailable(what + state + ")", effect, e);
  }
}
