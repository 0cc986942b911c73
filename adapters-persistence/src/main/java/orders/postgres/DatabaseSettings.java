package orders.postgres;

import java.time.Duration;

/// How to use a database.
///
/// No call takes much longer than the two times together, whatever the database and the network do.
///
/// @param writeConnections how many calls may write at once
/// @param readConnections how many calls may read at once
/// @param connectionTimeout how long a call waits for a free connection, at least 250 ms
/// @param statementTimeout how long a statement may take, at least 250 ms
public record DatabaseSettings(
    DatabaseAddress address,
    int writeConnections,
    int readConnections,
    Duration connectionTimeout,
    Duration statementTimeout) {
  private static final Duration SHORTEST = Duration.ofMillis(250);

  public DatabaseSettings {
    if (writeConnections < 1 || readConnections < 1) {
      throw new IllegalArgumentException("each pool needs a connection");
    }
    if (connectionTimeout.compareTo(SHORTEST) < 0 || statementTimeout.compareTo(SHORTEST) < 0) {
      throw new IllegalArgumentException("timeouts are at least " + SHORTEST.toMillis() + " ms");
    }
  }

  public static DatabaseSettings of(DatabaseAddress address) {
    return new DatabaseSettings(address, 16, 8, Duration.ofSeconds(3), Duration.ofSeconds(5));
  }
}
