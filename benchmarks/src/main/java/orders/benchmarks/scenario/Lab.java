package orders.benchmarks.scenario;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import orders.benchmarks.control.MemoryServer;
import orders.benchmarks.control.PgBench;
import orders.benchmarks.control.PlainJdbc;
import orders.benchmarks.driver.Driver;
import orders.benchmarks.driver.Requests;
import orders.benchmarks.driver.TwoLineOrders;
import orders.benchmarks.measure.Sql;
import orders.benchmarks.report.Results;
import orders.faults.process.PostgresServer;
import orders.faults.process.ServerProcess;
import orders.postgres.DatabaseAddress;
import orders.postgres.DatabaseSettings;
import orders.postgres.PostgresDatabase;

/// One PostgreSQL, durable and asked whether it is, with all that is measured on it. Closing it
/// ends every process that it started. Not safe for several threads, but for closing.
public final class Lab implements AutoCloseable {
  /// What makes a commit durable; and what else decides how fast that is.
  private static final List<String> DURABILITY =
      List.of("fsync", "synchronous_commit", "full_page_writes");

  private static final List<String> TOLD =
      List.of(
          "fsync",
          "synchronous_commit",
          "full_page_writes",
          "wal_sync_method",
          "commit_delay",
          "shared_buffers",
          "max_wal_size",
          "checkpoint_timeout",
          "wal_level",
          "wal_compression",
          "max_connections");

  private final RunSettings settings;
  private final PostgresServer postgres;
  private final Results results;
  private final Driver driver;
  private final Queue<AutoCloseable> started = new ConcurrentLinkedQueue<>();
  private int stores;

  private Lab(RunSettings settings, PostgresServer postgres, Results results) {
    this.settings = settings;
    this.postgres = postgres;
    this.results = results;
    this.driver =
        new Driver(Requests.of(TwoLineOrders.read(settings.samples())), settings.driverThreads());
  }

  /// @throws IllegalStateException if PostgreSQL would lose a commit
  public static Lab open(RunSettings settings, Results results) throws IOException, SQLException {
    PostgresServer postgres =
        PostgresServer.start(settings.directory().resolve("database"), settings.database());
    Lab lab = new Lab(settings, postgres, results);
    for (String setting : DURABILITY) {
      String value = postgres.query("show " + setting).getFirst();
      if (!value.equals("on")) {
        lab.close();
        throw new IllegalStateException(setting + " is " + value + ": nothing would be durable");
      }
    }
    return lab;
  }

  RunSettings settings() {
    return settings;
  }

  Results results() {
    return results;
  }

  Driver driver() {
    return driver;
  }

  /// Version and settings of PostgreSQL, a line each.
  public List<String> describeDatabase() throws SQLException {
    List<String> lines = new ArrayList<>(postgres.query("select version()"));
    for (String setting : TOLD) {
      lines.add(setting + " = " + postgres.query("show " + setting).getFirst());
    }
    return lines;
  }

  /// What is compared with, a line each.
  public List<String> describeControls() throws IOException, SQLException {
    try {
      Optional<PgBench> pgBench = pgBench();
      return List.of(pgBench.isPresent() ? pgBench.get().version() : "no pgbench on the path");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  /// An empty database of its own, with the server's tables.
  Store store() throws SQLException {
    String name = "bench_" + ++stores;
    try (Sql sql = new Sql(jdbcUrl("postgres"))) {
      sql.execute("create database " + name);
    }
    String url = postgres.url().replaceFirst("/postgres$", "/" + name);
    migrate(url);
    Store store = new Store(url, jdbcUrl(name), new Sql(jdbcUrl(name)));
    started.add(store);
    return store;
  }

  private static void migrate(String url) {
    try (PostgresDatabase database =
        new PostgresDatabase(DatabaseSettings.of(DatabaseAddress.parse(url).orElseThrow()))) {
      database.migrate();
    }
  }

  private String jdbcUrl(String name) {
    return "jdbc:postgresql://127.0.0.1:" + postgres.port() + "/" + name + "?user=postgres";
  }

  /// Gives back what a database took.
  void drop(Store store) throws SQLException {
    store.close();
    String name = store.url().substring(store.url().lastIndexOf('/') + 1);
    try (Sql sql = new Sql(jdbcUrl("postgres"))) {
      sql.execute("drop database " + name + " with (force)");
    }
  }

  /// Launches a server with partners inside it that answer at once, unless told otherwise.
  ServerProcess launch(Contender contender, Store store, Map<String, String> environment) {
    Map<String, String> all =
        new HashMap<>(
            Map.of(
                "DATABASE_URL", store.url(),
                "PARTNERS", "simulated",
                "SIMULATED_CONFIRMATION_MS", "0",
                "SIMULATED_PAYMENT_MS", "0",
                "SIMULATED_DELIVERY_MS", "0"));
    all.putAll(environment);
    return launch(contender, all, List.of());
  }

  /// Launches a server that is told everything.
  ServerProcess launch(Contender contender, Map<String, String> environment, List<String> options) {
    Path directory = settings.directory().resolve("server-" + started.size());
    ServerProcess server =
        ServerProcess.launch(contender.jar(), directory, environment, withUsual(options));
    started.add(server);
    return server;
  }

  /// All contenders run with the options of the JVM that the shipped one has.
  List<String> withUsual(List<String> options) {
    List<String> all =
        new ArrayList<>(ServerProcess.usualOptions(settings.contenders().getFirst().jar()));
    all.addAll(options);
    return all;
  }

  /// Has it ended with everything else, should it still run then.
  void remember(AutoCloseable process) {
    started.add(process);
  }

  PlainJdbc plainJdbc(Store store) throws IOException {
    PlainJdbc jdbc =
        PlainJdbc.start(settings.classPath(), store.jdbcUrl(), settings.samples(), log("jdbc"));
    started.add(jdbc);
    return jdbc;
  }

  MemoryServer memoryServer() throws IOException {
    MemoryServer server = MemoryServer.start(settings.classPath(), log("memory-server"));
    started.add(server);
    return server;
  }

  /// Empty if there is none on this machine.
  Optional<PgBench> pgBench() throws IOException, SQLException {
    boolean hasUuidV7 =
        Integer.parseInt(postgres.query("show server_version_num").getFirst()) >= 180_000;
    return PgBench.find(settings.directory().resolve("pgbench"), hasUuidV7);
  }

  private Path log(String name) throws IOException {
    Files.createDirectories(settings.directory());
    return settings.directory().resolve(name + ".log");
  }

  /// The load that everybody gets.
  Duration warmUp() {
    return settings.warmUp();
  }

  Duration measured() {
    return settings.measured();
  }

  static List<URI> addresses(List<ServerProcess> servers) throws InterruptedException {
    List<URI> addresses = new ArrayList<>();
    for (ServerProcess server : servers) {
      addresses.add(server.awaitReady());
    }
    return addresses;
  }

  @Override
  public void close() throws IOException {
    for (AutoCloseable one : started) {
      try {
        one.close();
      } catch (Exception e) {
        System.err.println("not everything could be ended: " + e.getMessage());
      }
    }
    postgres.close();
  }
}
