package orders.postgres;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import orders.application.port.Database;
import orders.application.port.StoreUnavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One database and the connections to it: some that write, some that make changes which many calls
/// share, others that read and never wait for those, two that read the feed, one that asks whether
/// it is there, one that counts, and one that cleans up.
///
/// Safe from any thread. Opening it does not connect: [#migrate] is the first to find out whether
/// there is a database, and before it has succeeded every call is refused at once. Whoever opened
/// it closes it, after everything that uses it has stopped.
public final class PostgresDatabase implements Database, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PostgresDatabase.class);

  private final DatabaseSettings settings;
  private final Schema schema;
  private final HikariDataSource writePool;
  private final HikariDataSource sharedPool;
  private final HikariDataSource readPool;
  private final HikariDataSource feedPool;
  private final HikariDataSource probe;
  private final HikariDataSource counting;
  private final HikariDataSource maintenance;
  private final List<PoolFigures> pools;
  private final Statements writes;
  private final Statements work;
  private final Statements reads;
  private final Statements feed;
  private final Commits commits;
  private final Commits workCommits;
  private final LiveOrders liveOrders;
  private final WorkVacuum vacuum;
  private volatile boolean prepared;

  public PostgresDatabase(DatabaseSettings settings) {
    this(settings, CommitMonitor.NONE);
  }

  public PostgresDatabase(DatabaseSettings settings, CommitMonitor monitor) {
    this.settings = settings;
    schema = new Schema(settings);
    writePool = ConnectionPools.writes(settings);
    sharedPool = ConnectionPools.shared(settings);
    readPool = ConnectionPools.reads(settings);
    feedPool = ConnectionPools.feed(settings);
    probe = ConnectionPools.probe();
    maintenance = ConnectionPools.maintenance(settings);
    counting = ConnectionPools.figures(settings);
    liveOrders = new LiveOrders(counting, () -> prepared);
    pools =
        Stream.of(writePool, sharedPool, readPool, feedPool, probe, counting, maintenance)
            .map(PoolFigures::of)
            .toList();
    vacuum = new WorkVacuum(maintenance, () -> prepared);
    int writers = settings.writeConnections() + settings.writesWaiting();
    writes = new Statements(writePool, () -> prepared, writers);
    work = new Statements(writePool, () -> prepared, writers);
    // Only so many threads write for others: none of them is refused.
    var hasty = new Statements(sharedPool, () -> prepared, Integer.MAX_VALUE);
    Duration patience = settings.connectionTimeout();
    commits = new Commits(settings.sharing(), writers, patience, hasty, writes, monitor);
    workCommits =
        new Commits(settings.sharing(), Integer.MAX_VALUE, patience, hasty, work, monitor);
    int readers = settings.readConnections() + settings.readsWaiting();
    reads = new Statements(readPool, () -> prepared, readers);
    feed = new Statements(feedPool, () -> prepared, readers);
  }

  /// Brings the schema up to date; several nodes may do so at once. To be called until it succeeds:
  /// from then on everything works, and calling it again does nothing.
  ///
  /// @throws StoreUnavailable if that was not possible; the message is why, in one short line for
  ///   people
  public synchronized void migrate() {
    if (!prepared) {
      schema.bringUpToDate().ifPresent(version -> log.info("The schema is at version {}", version));
      DatabaseAddress address = settings.address().get();
      ConnectionPools.lead(writePool, address);
      ConnectionPools.lead(sharedPool, address);
      ConnectionPools.lead(readPool, address);
      ConnectionPools.lead(feedPool, address);
      ConnectionPools.lead(probe, address);
      ConnectionPools.lead(counting, address);
      ConnectionPools.lead(maintenance, address);
      prepared = true;
    }
  }

  /// Whether it answers now and has its schema.
  @Override
  public boolean isReachable() {
    if (!prepared) {
      return false;
    }
    try (Connection connection = probe.getConnection()) {
      return connection.isValid(1);
    } catch (SQLException _) {
      return false;
    }
  }

  /// Refuses further writes, waits for those under way, and ends all connections.
  @Override
  public void close() {
    commits.close();
    workCommits.close();
    vacuum.close();
    maintenance.close();
    counting.close();
    probe.close();
    feedPool.close();
    readPool.close();
    sharedPool.close();
    writePool.close();
  }

  /// Of each of its pools.
  public List<PoolFigures> pools() {
    return pools;
  }

  public LiveOrders liveOrders() {
    return liveOrders;
  }

  /// For placing and moving orders, which clients ask for.
  Commits commits() {
    return commits;
  }

  /// For this node's own work. There are only so many workers: none is refused because too many
  /// share.
  Commits workCommits() {
    return workCommits;
  }

  /// For placing and moving orders, which clients ask for.
  Statements writes() {
    return writes;
  }

  /// For this node's own work, which shares the connections for writing with clients' calls, but is
  /// not refused because so many of those wait: only because as many of its own do.
  Statements work() {
    return work;
  }

  Statements reads() {
    return reads;
  }

  /// For reading the events of all orders, which is nothing that other readers should wait for.
  Statements feed() {
    return feed;
  }

  /// How long a statement may take.
  Duration statementTimeout() {
    return settings.statementTimeout();
  }
}
