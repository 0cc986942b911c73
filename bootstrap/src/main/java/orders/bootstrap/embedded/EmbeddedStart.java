package orders.bootstrap.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import orders.bootstrap.embedded.EmbeddedDatabase.Unavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// From whatever an earlier server left in a data directory to a running PostgreSQL.
///
/// A new cluster is initialised and first started under another name, and gets the name `postgres`
/// only once that went well. So whatever a killed start left half done can be thrown away by its
/// name, and what is called `postgres` never is.
final class EmbeddedStart {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedStart.class);
  private static final String INITIALISING = "initialising-";

  /// How long a port taken since it was chosen, or the rest of a killed server, may stand in the
  /// way.
  private static final Duration RETRY_FOR = Duration.ofSeconds(10);

  private final DataDirectory directory;
  private final PostgresBinaries binaries;

  EmbeddedStart(DataDirectory directory) {
    this.directory = directory;
    this.binaries = new PostgresBinaries(directory.binaries());
  }

  EmbeddedPostgres start() throws Unavailable {
    try {
      removeUnfinished();
      stopOrphan(directory.cluster());
      binaries.prepare();
      if (isEmpty(directory.cluster())) {
        directory.requireRoomForNewCluster();
        initialise();
      }
      EmbeddedPostgres postgres = started(directory.cluster());
      binaries.trust();
      return postgres;
    } catch (IOException e) {
      throw DataDirectory.unusable(directory.path(), e);
    }
  }

  private void initialise() throws IOException, Unavailable {
    Path unfinished = Files.createTempDirectory(directory.path(), INITIALISING);
    // A name of its own each time: an initdb that a killed server left running may still write, or
    // clean up, under the last one.
    started(unfinished).close();
    Files.move(unfinished, directory.cluster(), StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel parent = FileChannel.open(directory.path(), StandardOpenOption.READ)) {
      parent.force(true);
    }
    log.info("Initialised PostgreSQL in {}", directory.cluster());
  }

  private EmbeddedPostgres started(Path cluster) throws IOException, Unavailable {
    long begin = System.nanoTime();
    while (true) {
      PostgresLog log = new PostgresLog(directory.log());
      Optional<EmbeddedPostgres> postgres = new PostgresLaunch(cluster, binaries, log).launch();
      if (postgres.isPresent()) {
        return postgres.get();
      }
      if (!log.tellsOfPassingObstacle() || System.nanoTime() - begin > RETRY_FOR.toNanos()) {
        throw log.explanation(directory);
      }
    }
  }

  private static void stopOrphan(Path cluster) throws IOException, Unavailable {
    Optional<Postmaster> orphan = Postmaster.of(cluster);
    if (orphan.isPresent()) {
      if (!orphan.get().stop()) {
        throw new Unavailable(
            "a PostgreSQL (pid %d) that a killed server left behind in %s does not stop; stop it yourself"
                .formatted(orphan.get().pid(), cluster));
      }
      log.info(
          "Stopped the PostgreSQL (pid {}) that a killed server left behind in {}",
          orphan.get().pid(),
          cluster);
    }
    Postmaster.forget(cluster);
  }

  private void removeUnfinished() throws IOException, Unavailable {
    try (DirectoryStream<Path> unfinished =
        Files.newDirectoryStream(directory.path(), INITIALISING + "*")) {
      for (Path cluster : unfinished) {
        stopOrphan(cluster);
        try {
          Trees.delete(cluster);
          log.info("Removed {}, which was never finished", cluster);
        } catch (IOException | UncheckedIOException e) {
          // An initdb without a parent may still be writing there; the next start comes by again.
          log.debug("{} cannot be removed now", cluster, e);
        }
      }
    }
  }

  /// An empty directory may be a mount point's or a caring admin's; it holds no order.
  private static boolean isEmpty(Path cluster) throws IOException {
    if (!Files.exists(cluster)) {
      return true;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(cluster)) {
      return !files.iterator().hasNext();
    }
  }
}
