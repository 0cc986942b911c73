package orders.postgres;

import java.sql.Connection;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;

/// Runs the migrations beside this package; several nodes may do so at once.
///
/// Each is one transaction with its row in the history, so that whatever ends a server leaves
/// either both or nothing. Flyway by itself would write the row on a second connection, and hold
/// its lock in a transaction there that begins before the migration's and ends after it. On the one
/// connection that it has here, the lock is the session's: it is let go of at the end of each
/// migration, or when the connection ends.
final class Migrations {
  private Migrations() {}

  /// @return the version that the schema has now, if that was not so before
  static Optional<String> run(Connection connection) {
    var flyway =
        Flyway.configure(Migrations.class.getClassLoader())
            .dataSource(new OneConnection(connection))
            .locations("classpath:orders/postgres/migration");
    flyway
        .getConfigurationExtension(PostgreSQLConfigurationExtension.class)
        .setTransactionalLock(false);
    var result = flyway.load().migrate();
    return Optional.ofNullable(result.migrationsExecuted > 0 ? result.targetSchemaVersion : null);
  }
}
