package orders.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
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
    Map<String, String> properties = driverProperties(address);
    try {
      return isCurrent(address, properties)
          ? Optional.empty()
          : Migrations.run(address, properties);
    } catch (SQLException | FlywayException e) {
      throw new StoreUnavailable(cause(e, address), Effect.UNKNOWN, e);
    }
  }

  private static boolean isCurrent(DatabaseAddress address, Map<String, String> driverProperties)
      throws SQLException {
    Properties properties = new Properties();
    properties.putAll(driverProperties);
    try (Connection connection = DriverManager.getConnection(address.jdbcUrl(), properties)) {
      return SchemaHistory.isCurrent(connection);
    }
  }

  /// Rather than wait for a lock for long, with everybody else waiting behind it, a migration fails
  /// and is tried again.
  private Map<String, String> driverProperties(DatabaseAddress address) {
    Map<String, String> properties = new HashMap<>(address.driverProperties());
    String connecting = ConnectionPools.wholeSeconds(settings.connectionTimeout());
    properties.put("connectTimeout", connecting);
    properties.put("loginTimeout", connecting);
    properties.put("socketTimeout", ConnectionPools.wholeSeconds(STEP_TIMEOUT));
    properties.put("options", "-c lock_timeout=" + settings.statementTimeout().toMillis());
    return properties;
  }

  private static String cause(Exception failure, DatabaseAddress address) {
    String cause = withoutPassword(RootCause.of(failure), address.password());
    return cause.substring(0, Math.min(cause.length(), MAX_CAUSE_LENGTH));
  }

  private static String withoutPassword(String text, String password) {
    return password.isEmpty() ? text : text.replace(password, "***");
  }
}
