package orders.faults.process;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A PostgreSQL of its own, as durable as in production, that can be crashed and started again on
/// the same port and files. Closing it ends it.
public final class PostgresServer implements AutoCloseable {
  private static final String DURABLE = "on";

  private final Path directory;
  private final Map<String, String> settings;
  private EmbeddedPostgres postgres;

  private PostgresServer(Path directory, Map<String, String> settings) throws IOException {
    this.directory = directory;
    this.settings = settings;
    this.postgres = started(0);
  }

  /// Returns once it takes connections.
  ///
  /// @param directory gets its files and its log
  /// @param settings on top of PostgreSQL's own defaults
  public static PostgresServer start(Path directory, Map<String, String> settings)
      throws IOException {
    Files.createDirectories(directory);
    return new PostgresServer(directory, settings);
  }

  /// For `DATABASE_URL`.
  public String url() {
    return url(port());
  }

  /// The same, through a port of this machine that leads to it.
  public static String url(int port) {
    return "postgresql://postgres@127.0.0.1:" + port + "/postgres";
  }

  public int port() {
    return postgres.getPort();
  }

  /// Ends it as a crash would: without a checkpoint, all connections cut. Returns once it is gone.
  public void crash() throws Exception {
    long pid = living().orElseThrow().pid();
    var _ = Signals.send("QUIT", pid);
    Patience.until(() -> living().isEmpty(), () -> "PostgreSQL to end");
  }

  /// After a [#crash], on the same files and port. Returns once it takes connections.
  public void restart() throws IOException {
    postgres = started(port());
  }

  /// Whether its main process runs; it may be recovering.
  public boolean isAlive() throws IOException {
    return living().isPresent();
  }

  /// Whether it takes statements.
  public boolean answers() {
    try {
      return !query("select 1").isEmpty();
    } catch (SQLException _) {
      return false;
    }
  }

  /// The only column of the rows that `sql` returns.
  public List<String> query(String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        ResultSet rows = connection.createStatement().executeQuery(sql)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }

  private EmbeddedPostgres started(int port) throws IOException {
    // The library's own lock, of which a crash knows nothing.
    Files.deleteIfExists(cluster().resolve("epg-lock"));
    Redirect log = Redirect.appendTo(directory.resolve("postgres.log").toFile());
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setPort(port)
            .setPGStartupWait(Duration.ofMinutes(1))
            .setDataDirectory(cluster())
            .setCleanDataDirectory(false)
            .setRegisterShutdownHook(false)
            .setOutputRedirector(log)
            .setErrorRedirector(log)
            // The library is made for tests and turns these three off.
            .setServerConfig("fsync", DURABLE)
            .setServerConfig("synchronous_commit", DURABLE)
            .setServerConfig("full_page_writes", DURABLE)
            .setServerConfig("unix_socket_directories", "")
            .setServerConfig("max_connections", "300");
    settings.forEach(builder::setServerConfig);
    return builder.start();
  }

  private Path cluster() {
    return directory.resolve("postgres");
  }

  /// A dead process that nobody reaped is still listed, but runs no program any more.
  private Optional<ProcessHandle> living() throws IOException {
    try (Stream<String> lines = Files.lines(cluster().resolve("postmaster.pid"))) {
      return lines
          .findFirst()
          .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid.strip())))
          .filter(process -> process.info().command().isPresent());
    } catch (NoSuchFileException _) {
      // It takes the file with it.
      return Optional.empty();
    }
  }

  @Override
  public void close() throws IOException {
    Optional<ProcessHandle> main = living();
    if (main.isEmpty()) {
      return;
    }
    // The library gives up after five seconds, and a last checkpoint may take longer.
    postgres.close();
    main.get().onExit().orTimeout(1, TimeUnit.MINUTES).join();
  }
}
