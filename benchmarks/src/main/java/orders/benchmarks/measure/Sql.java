package orders.benchmarks.measure;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/// One connection to one database, for questions about what happened in it. Not safe for several
/// threads.
public final class Sql implements AutoCloseable {
  private static final String POSTMASTER =
      """
      select split_part(pg_read_file('postmaster.pid'), e'\\n', 1)
      """;

  private final Connection connection;

  /// @param jdbcUrl of a database to which this user is everything
  public Sql(String jdbcUrl) throws SQLException {
    this.connection = DriverManager.getConnection(jdbcUrl);
  }

  public Connection connection() {
    return connection;
  }

  /// The only number of the only row.
  public double number(String sql) throws SQLException {
    return Double.parseDouble(rows(sql).getFirst());
  }

  /// The first column.
  public List<String> rows(String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }

  public void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /// The major one, of the database.
  public int version() throws SQLException {
    return connection.getMetaData().getDatabaseMajorVersion();
  }

  /// The process id of PostgreSQL's main process.
  long postmaster() throws SQLException {
    return Long.parseLong(rows(POSTMASTER).getFirst().strip());
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
