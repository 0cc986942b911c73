package orders.postgres;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import orders.application.port.StoreUnavailable;
import orders.application.port.StoreUnavailable.Effect;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/// The tables, as the migrations beside this package make them.
final class Schema {
  /// Time for the longest step of a migration, like an index on everything that was ever ordered.
  private static final Duration STEP_TIMEOUT = Duration.ofMinutes(5);

  private static final int MAX_CAUSE_LENGTH = 300;

  private final DatabaseSettings settings;

  Schema(DatabaseSettings settings) {
    this.settings = settings;
  }

  /// @return the version that it has now, if that was not so before
  /// @throws StoreUnavailable if that was not possible; the message is why, in one short line for
  ///   people
  Optional<String> bringUpToDate() {
    DatabaseAddress address = settings.address();
    try {
      var result =
          Flyway.configure(Schema.class.getClassLoader())
              .dataSource(address.jdbcUrl(), address.user(), address.password())
              .jdbcProperties(driverProperties())
              .locations("classpath:orders/postgres/migration")
              .load()
              .migrate();
      return Optional.ofNullable(result.migrationsExecuted > 0 ? result.targetSchemaVersion : null);
    } catch (FlywayException e) {
      throw new StoreUnavailable(cause(e), Effect.UNKNOWN, e);
    }
  }

  /// Rather than wait for a lock for long, with everybody else waiting behind it, a migration fails
  /// and is tried again.
  private Map<String, String> driverProperties() {
    Map<String, String> properties = new HashMap<>(settings.address().driverProperties());
    String connecting = ConnectionPools.wholeSeconds(settings.connectionTimeout());
    properties.put("connectTimeout", connecting);
    properties.put("loginTimeout", connecting);
    properties.put("socketTimeout", ConnectionPools.wholeSeconds(STEP_TIMEOUT));
    properties.put("options", "-c lock_timeout=" + settings.statementTimeout().toMillis());
    return properties;
  }

  private String cause(Throwable failure) {
    String cause = withoutPassword(RootCause.of(failure));
    return cause.substring(0, Math.min(cause.length(), MAX_CAUSE_LENGTH));
  }

  private String withoutPassword(String text) {
    String password = settings.address().password();
    return password.isEmpty() ? text : text.replace(password, "***");
  }
}
