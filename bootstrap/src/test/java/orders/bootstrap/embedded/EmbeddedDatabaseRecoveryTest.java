package orders.bootstrap.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a start makes of what a killed server, or a crashed machine, left behind.
final class EmbeddedDatabaseRecoveryTest {
  /// Far below the 10 s that the library alone would wait for an orphan's end.
  private static final Duration WITHOUT_A_FAILED_TRY = Duration.ofSeconds(8);

  @TempDir private Path directory;

  @AfterEach
  void leaveNoProcessBehind() {
    Postmaster.of(directory.resolve("postgres")).ifPresent(Postmaster::stop);
  }

  @Test
  void aKilledServerLosesNothingAndItsOrphanIsStopped() throws Exception {
    try (EmbeddedDatabaseProcess server = EmbeddedDatabaseProcess.start(directory)) {
      new Psql(server.port()).execute("CREATE TABLE kept AS SELECT generate_series(1, 1000)");
      server.kill();
    }
    Postmaster orphan = Postmaster.of(directory.resolve("postgres")).orElseThrow();

    long begin = System.nanoTime();
    try (EmbeddedDatabase database = EmbeddedDatabase.start(directory)) {
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(WITHOUT_A_FAILED_TRY);
      assertThat(new Psql(database.port()).ask("SELECT count(*) FROM kept")).isEqualTo("1000");
      assertThat(Postmaster.of(directory.resolve("postgres")).orElseThrow().pid())
          .isNotEqualTo(orphan.pid());
    }
  }

  @Test
  void aServerKilledTogetherWithItsPostgresLosesNothing() throws Exception {
    try (EmbeddedDatabaseProcess server = EmbeddedDatabaseProcess.start(directory)) {
      new Psql(server.port()).execute("CREATE TABLE kept AS SELECT generate_series(1, 1000)");
      server.kill();
    }
    Postmaster.of(directory.resolve("postgres")).orElseThrow().process().destroyForcibly();
    try (EmbeddedDatabase database = EmbeddedDatabase.start(directory)) {
      assertThat(new Psql(database.port()).ask("SELECT count(*) FROM kept")).isEqualTo("1000");
    }
  }

  @Test
  void aPidThatNowBelongsToSomebodyElseIsNeitherObeyedNorKilled() throws Exception {
    EmbeddedDatabase.start(directory).close();
    Process stranger = new ProcessBuilder("sleep", "600").start();
    try {
      Path cluster = directory.resolve("postgres");
      Files.writeString(
          cluster.resolve("postmaster.pid"),
          "%d\n%s\n1795236000\n5432\n\n127.0.0.1\n  1234567   7654321\nready   \n"
              .formatted(stranger.pid(), cluster));
      try (EmbeddedDatabase database = EmbeddedDatabase.start(directory)) {
        assertThat(new Psql(database.port()).ask("SELECT 1")).isEqualTo("1");
      }
      assertThat(stranger.isAlive()).isTrue();
    } finally {
      stranger.destroyForcibly().waitFor();
    }
  }

  @Test
  void anEmptyPidFileOfACrashedMachineDoesNotMatter() throws Exception {
    EmbeddedDatabase.start(directory).close();
    Files.writeString(directory.resolve("postgres").resolve("postmaster.pid"), "");
    try (EmbeddedDatabase database = EmbeddedDatabase.start(directory)) {
      assertThat(new Psql(database.port()).ask("SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void aFirstStartKilledHalfWayIsBegunAnew() throws Exception {
    try (EmbeddedDatabaseProcess server = EmbeddedDatabaseProcess.start(directory)) {
      await(() -> initialising("postgresql.conf"));
      server.kill();
    }
    assertThat(directory.resolve("postgres")).doesNotExist();
    try (EmbeddedDatabase database = EmbeddedDatabase.start(directory)) {
      assertThat(new Psql(database.port()).ask("SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void halfUnpackedBinariesAreUnpackedAnew() throws Exception {
    EmbeddedDatabase.start(directory).close();
    Path binaries = directory.resolve("binaries");
    // Another library version's, cut short by a kill.
    Path cut = Files.createDirectories(binaries.resolve("unpacked/PG-0/bin"));
    Files.writeString(cut.resolve("postgres"), "");
    EmbeddedDatabase.start(directory).close();
    assertThat(cut).doesNotExist();
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void await(Condition condition) throws IOException {
    long begin = System.nanoTime();
    while (!condition.holds()) {
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(60));
      LockSupport.parkNanos(1_000_000);
    }
  }

  private boolean initialising(String file) throws IOException {
    try (DirectoryStream<Path> unfinished = Files.newDirectoryStream(directory, "initialising-*")) {
      for (Path cluster : unfinished) {
        if (Files.exists(cluster.resolve(file))) {
          return true;
        }
      }
      return false;
    }
  }
}
