package orders.postgres;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import orders.application.port.Database;
import orders.application.port.StoreUnavailable;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One database and the connections to it: some that write, others that read and never wait for
/// those, and one that asks whether it is there.
///
/// Safe from any thread. Opening it does not connect: [#migrate] is the first to find out whether
/// there is a database. Whoever opened it closes it, after everything that uses it has stopped.
public final class PostgresDatabase implements Database, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PostgresDatabase.class);

  private final DatabaseAddress address;
  private final HikariDataSource writes;
  private final HikariDataSource reads;
  private final HikariDataSource probe;

  public PostgresDatabase(DatabaseSettings settings) {
    address = settings.address();
    writes = ConnectionPools.writes(settings);
    reads = ConnectionPools.reads(settings);
    probe = ConnectionPools.probe(settings);
  }

  /// Brings the schema up to date; several nodes may do so at once.
  ///
  /// @throws StoreUnavailable if that was not possible; the cause says why
  public void migrate() {
    try {
      var result =
          Flyway.configure(PostgresDatabase.class.getClassLoader())
              .dataSource(address.jdbcUrl(), address.user(), address.password())
              .jdbcProperties(address.driverProperties())
              .locations("classpath:orders/postgres/migration")
              .load()
              .migrate();
      if (result.migrationsExecuted > 0) {
        log.info("Brought the schema of {} to version {}", address, result.targetSchemaVersion);
      }
    } catch (FlywayException e) {
      throw new StoreUnavailable(
          "the schema of " + address + " cannot be brought up to date",
          StoreUnavailable.Effect.UNKNOWN,
          e);
    }
  }

  @Override
  public boolean isReachable() {
    try (Connection connection = probe.getConnection()) {
      return connection.isValid(1);
    } catch (SQLException _) {
      return false;
    }
  }

  /// Ends all connections, also those that are at work.
  @Override
  public void close() {
    probe.close();
    reads.close();
    writes.close();
  }

  Statements writes() {
    return new Statements(writes);
  }

  Statements reads() {
    return new Statements(reads);
  }
}
