package orders.benchmarks.measure;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// Reads what a run uses: processor time from `/proc`, WAL from PostgreSQL's own statistics, which
/// may be a second old. Used from one thread at a time.
public final class Meter {
  /// What PostgreSQL counts of its log moved with version 18.
  private static final int SYNCS_MOVED = 18;

  private static final String SYNCS =
      """
      select sum(fsyncs) from pg_stat_io where object = 'wal'
      """;
  private static final String SYNCS_BEFORE_18 =
      """
      select wal_sync from pg_stat_wal
      """;
  private static final String WAL =
      """
      select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')
      """;
  private static final String HOT =
      """
      select n_tup_hot_upd::float8 / n_tup_upd from pg_stat_user_tables
      where relname = 'work' and n_tup_upd > 0
      """;

  private final Sql database;
  private final long postmaster;
  private final List<Long> servers;
  private Optional<Spent> begun = Optional.empty();
  private Optional<Spent> spent = Optional.empty();

  /// @param servers process ids of what is measured
  public Meter(Sql database, List<Long> servers) throws SQLException {
    this.database = database;
    this.postmaster = database.postmaster();
    this.servers = List.copyOf(servers);
  }

  public void begin() throws SQLException, IOException {
    begun = Optional.of(read());
  }

  public void end() throws SQLException, IOException {
    spent = Optional.of(read().since(begun.orElseThrow()));
  }

  /// Between [#begin] and [#end].
  public Spent spent() {
    return spent.orElseThrow();
  }

  /// Of all updates that the table of work ever had, the share that needed no new index entries;
  /// empty if it had none.
  public static Optional<Double> hotShare(Sql database) throws SQLException {
    return database.rows(HOT).stream().findFirst().map(Double::valueOf);
  }

  private Spent read() throws SQLException, IOException {
    double server = 0;
    for (long pid : servers) {
      server += ProcessorTime.of(pid);
    }
    return new Spent(
        database.number(WAL),
        database.number(database.version() >= SYNCS_MOVED ? SYNCS : SYNCS_BEFORE_18),
        ProcessorTime.ofFamily(postmaster),
        server,
        ProcessorTime.of(ProcessHandle.current().pid()));
  }
}
