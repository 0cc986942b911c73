package orders.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;

/// Makes the pools, which are of use once they are told where to lead. What a session needs to be
/// told is told while it connects: no statement is spent on it.
final class ConnectionPools {
  /// Every write goes by key or by due time. That a table is still small when a statement is
  /// planned must not make it read the whole table when that has grown. And that some of its arrays
  /// were still short must not make it compare each row of one with each of another, when hundreds
  /// of calls share it: hash them.
  ///
  /// Nor must it matter that a table was empty. Then all its indexes look alike, and that of the
  /// key may be passed over for one in which the key comes last and which is read from end to end.
  /// So statements join by the key, or look for `any (array[key])` in its order, which only its own
  /// index gives for nothing.
  static final String WRITING =
      " -c jit=off -c enable_seqscan=off -c enable_nestloop=off"
          + " -c plan_cache_mode=force_generic_plan";

  /// A plan for the criteria that are present, not for all that might be.
  private static final String READING =
      " -c jit=off -c default_transaction_read_only=on -c plan_cache_mode=force_custom_plan";

  /// What is looked for are always the newest of many events, whatever the planner knows of them.
  private static final String FOLLOWING = READING + " -c enable_seqscan=off";

  private static final String MAINTAINING = " -c jit=off";

  /// Hardly anybody holds a row for longer than a commit takes. Who does keeps a batch of others
  /// waiting for so long, once.
  private static final Duration HASTE = Duration.ofMillis(50);

  private static final Duration PROBE_TIMEOUT = Duration.ofMillis(500);

  private static final Duration FIGURES_TIMEOUT = Duration.ofSeconds(1);

  /// A vacuum of the largest queue. It holds up nobody.
  private static final Duration MAINTENANCE_TIMEOUT = Duration.ofMinutes(2);

  private ConnectionPools() {}

  static HikariDataSource writes(DatabaseSettings settings) {
    return pool("orders-writes", settings.writeConnections(), Limits.of(settings), WRITING);
  }

  /// For commits that calls share, which give up soon on a row or a key that somebody holds.
  static HikariDataSource shared(DatabaseSettings settings) {
    var hasty = new Limits(settings.connectionTimeout(), settings.statementTimeout(), HASTE);
    return pool("orders-shared", settings.sharedConnections(), hasty, WRITING);
  }

  static HikariDataSource reads(DatabaseSettings settings) {
    return pool("orders-reads", settings.readConnections(), Limits.of(settings), READING);
  }

  /// For those who follow all events: one for the newest, one for who was away. What they sum up
  /// for themselves makes nobody wait.
  static HikariDataSource feed(DatabaseSettings settings) {
    var hasty = new Limits(settings.connectionTimeout(), settings.statementTimeout(), HASTE);
    return pool("orders-feed", 2, hasty, FOLLOWING);
  }

  /// One connection that asks only whether anybody is there.
  static HikariDataSource probe() {
    var quick = new Limits(PROBE_TIMEOUT, PROBE_TIMEOUT, PROBE_TIMEOUT);
    return pool("orders-probe", 1, quick, READING);
  }

  /// One connection that counts, for operators. It leaves the processors to others.
  static HikariDataSource figures(DatabaseSettings settings) {
    var limits =
        new Limits(FIGURES_TIMEOUT, settings.statementTimeout(), settings.statementTimeout());
    return pool("orders-figures", 1, limits, READING + " -c max_parallel_workers_per_gather=0");
  }

  /// One connection for what takes long and can wait.
  static HikariDataSource maintenance(DatabaseSettings settings) {
    var patient =
        new Limits(settings.connectionTimeout(), MAINTENANCE_TIMEOUT, MAINTENANCE_TIMEOUT);
    return pool("orders-maintenance", 1, patient, MAINTAINING);
  }

  /// Tells a pool, before it is used, where the database is.
  static void lead(HikariDataSource pool, DatabaseAddress address) {
    pool.setJdbcUrl(address.jdbcUrl());
    address.driverProperties().forEach(pool::addDataSourceProperty);
    // Whoever looks at the sessions of a database sees what each is for.
    pool.addDataSourceProperty("ApplicationName", pool.getPoolName());
  }

  private static HikariDataSource pool(String name, int size, Limits limits, String options) {
    long statementMillis = limits.statement().toMillis();
    var config = new HikariConfig();
    config.setPoolName(name);
    config.addDataSourceProperty("connectTimeout", wholeSeconds(limits.connection()));
    config.addDataSourceProperty("loginTimeout", wholeSeconds(limits.connection()));
    // When the server should have given up and did not even say so, nobody is there.
    config.addDataSourceProperty("socketTimeout", wholeSeconds(limits.statement().plusSeconds(1)));
    config.addDataSourceProperty(
        "options",
        "-c statement_timeout="
            + statementMillis
            + " -c lock_timeout="
            + limits.lock().toMillis()
            + " -c idle_in_transaction_session_timeout="
            + 2 * statementMillis
            + options);
    config.setMaximumPoolSize(size);
    // The pool would ask its first connection for the level that is set anyway; if that one breaks
    // just then, it takes the level for -1 and never gets another connection.
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    config.setConnectionTimeout(limits.connection().toMillis());
    config.setValidationTimeout(Math.min(PROBE_TIMEOUT.toMillis(), limits.connection().toMillis()));
    // A pool opens also while there is no database; whoever uses it will find out.
    config.setInitializationFailTimeout(-1);
    // It connects when it is first used. One that had tried in vain since the server started would
    // take seconds to notice that there is a database now.
    var pool = new HikariDataSource();
    config.copyStateTo(pool);
    return pool;
  }

  /// The driver counts in seconds, and takes 0 for ever.
  static String wholeSeconds(Duration duration) {
    return Long.toString(duration.plusMillis(999).toSeconds());
  }

  /// How long whoever uses a pool waits: for a connection, for a statement, and for a lock in it.
  private record Limits(Duration connection, Duration statement, Duration lock) {
    static Limits of(DatabaseSettings settings) {
      return new Limits(
          settings.connectionTimeout(), settings.statementTimeout(), settings.statementTimeout());
    }
  }
}
