package orders.postgres;

import java.util.Map;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;

/// Runs the migrations beside this package; several nodes may do so at once.
///
/// Each is one transaction with its row in the history, so that whatever ends a server leaves
/// either both or nothing. By default Flyway holds its lock in a transaction on a second
/// connection, and writes the row there: it is committed only after the migration. With a lock of
/// the session it does all on one connection, and the lock ends with that at the latest.
final class Migrations {
  private Migrations() {}

  /// @return the version that the schema has now, if that was not so before
  static Optional<String> run(DatabaseAddress address, Map<String, String> driverProperties) {
    var flyway =
        Flyway.configure(Migrations.class.getClassLoader())
            .dataSource(address.jdbcUrl(), address.user(), address.password())
            .jdbcProperties(driverProperties)
            .locations("classpath:orders/postgres/migration");
    flyway
        .getConfigurationExtension(PostgreSQLConfigurationExtension.class)
        .setTransactionalLock(false);
    var result = flyway.load().migrate();
    return Optional.ofNullable(result.migrationsExecuted > 0 ? result.targetSchemaVersion : null);
  }
}
