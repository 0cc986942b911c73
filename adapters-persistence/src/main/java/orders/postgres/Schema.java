package orders.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import orders.application.port.StoreUnavailable;
import orders.application.port.StoreUnavailable.Effect;
import org.flywaydb.core.api.FlywayException;

/// The tables, and whether they are those of this version.
final class Schema {
  /// Time for the longest step of a migration, like an index on everything that was ever ordered.
  private static final Duration STEP_TIMEOUT = Duration.ofMinutes(5);

  private static final int MAX_CAUSE_LENGTH = 300;

  private final DatabaseSettings settings;

  Schema(DatabaseSettings settings) {
    this.settings = settings;
  }

  /// Costs one query where nothing is to be done.
  ///
  /// @return the version that it has now, if that was not so before
  /// @throws StoreUnavailable if that was not possible; the message is why, in one short line for
  ///   people
  Optional<String> bringUpToDate() {
    DatabaseAddress address = settings.address().get();
    try (Connection connection = connect(address)) {
      return SchemaHistory.isCurrent(connection) ? Optional.empty() : Migrations.run(connection);
    } catch (SQLException | FlywayException e) {
      throw new StoreUnavailable(cause(e, address), Effect.UNKNOWN, e);
    }
  }

  /// Rather than wait for a lock for long, with everybody else waiting behind it, a migration fails
  /// and is tried again.
  private Connection connect(DatabaseAddress address) throws SQLException {
    Properties properties = new Properties();
    properties.putAll(address.driverProperties());
    String connecting = ConnectionPools.wholeSeconds(settings.connectionTimeout());
    properties.put("connectTimeout", connecting);
    properties.put("loginTimeout", connecting);
    properties.put("socketTimeout", ConnectionPools.wholeSeconds(STEP_TIMEOUT));
    properties.put("options", "-c lock_timeout=" + settings.statementTimeout().toMillis());
    return DriverManager.getConnection(address.jdbcUrl(), properties);
  }

  private static String cause(Exception failure, DatabaseAddress address) {
    String cause = withoutPassword(RootCause.of(failure), address.password());
    return cause.substring(0, Math.min(cause.length(), MAX_CAUSE_LENGTH));
  }

  private static String withoutPassword(String text, String password) {
    return password.isEmpty() ? text : text.replace(password, "***");
  }
}
