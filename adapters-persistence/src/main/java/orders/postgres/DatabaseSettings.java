package orders.postgres;

import java.time.Duration;
import java.util.function.Supplier;

/// How to use a database.
///
/// No statement takes much longer than the two times together, whatever the database and the
/// network do; no call much longer than three times that, since one that shares a commit may wait
/// for the one under way, and is made again alone if others are in its way. And no more than so
/// many calls wait: one more is refused at once.
///
/// @param address asked once the database is to be used, no earlier: it may not be known before
/// @param writeConnections how many statements may write at once, shared commits aside
/// @param readConnections how many calls may read at once
/// @param connectionTimeout how long a call waits for a free connection, or until a commit that it
///   shares begins, at least 250 ms
/// @param statementTimeout how long a statement may take, at least 250 ms
/// @param writesWaiting how many calls of each kind may wait to place or move orders, and how many
///   for a connection to do the work of this node: neither keeps the other out
/// @param readsWaiting how many calls may wait for a connection to read
/// @param sharing how writes share commits
public record DatabaseSettings(
    Supplier<DatabaseAddress> address,
    int writeConnections,
    int readConnections,
    Duration connectionTimeout,
    Duration statementTimeout,
    int writesWaiting,
    int readsWaiting,
    Sharing sharing) {
  /// A few thousand clients at once: committed together, they wait for some tenths of a second.
  private static final int WRITES_WAITING = 5_000;

  private static final int READS_WAITING = 1_000;

  /// What shares commits: placings, records, work given back, moves from outside, revivals.
  private static final int KINDS = 5;

  private static final Duration SHORTEST = Duration.ofMillis(250);

  public DatabaseSettings {
    if (writeConnections < 1 || readConnections < 1) {
      throw new IllegalArgumentException("each pool needs a connection");
    }
    if (writesWaiting < 0 || readsWaiting < 0) {
      throw new IllegalArgumentException("no fewer than no calls can wait");
    }
    if (connectionTimeout.compareTo(SHORTEST) < 0 || statementTimeout.compareTo(SHORTEST) < 0) {
      throw new IllegalArgumentException("timeouts are at least " + SHORTEST.toMillis() + " ms");
    }
  }

  public DatabaseSettings(
      DatabaseAddress address,
      int writeConnections,
      int readConnections,
      Duration connectionTimeout,
      Duration statementTimeout,
      int writesWaiting,
      int readsWaiting,
      Sharing sharing) {
    this(
        () -> address,
        writeConnections,
        readConnections,
        connectionTimeout,
        statementTimeout,
        writesWaiting,
        readsWaiting,
        sharing);
  }

  /// With the usual number of calls that wait and share commits.
  public DatabaseSettings(
      DatabaseAddress address,
      int writeConnections,
      int readConnections,
      Duration connectionTimeout,
      Duration statementTimeout) {
    this(
        address,
        writeConnections,
        readConnections,
        connectionTimeout,
        statementTimeout,
        WRITES_WAITING,
        READS_WAITING,
        Sharing.USUAL);
  }

  /// One for each writer of what shares commits; where there are many writers, some take turns.
  int sharedConnections() {
    return Math.min(KINDS * sharing.writers(), writeConnections);
  }

  public static DatabaseSettings of(DatabaseAddress address) {
    return of(() -> address, Sharing.USUAL);
  }

  public static DatabaseSettings of(Supplier<DatabaseAddress> address, Sharing sharing) {
    return new DatabaseSettings(
        address,
        Math.max(10, sharing.writers()),
        8,
        Duration.ofSeconds(3),
        Duration.ofSeconds(5),
        WRITES_WAITING,
        READS_WAITING,
        sharing);
  }
}
