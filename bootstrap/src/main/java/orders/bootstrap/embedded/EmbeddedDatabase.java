package orders.bootstrap.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.Serial;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The PostgreSQL that runs beside the server when no other is configured: the same that production
/// runs, with the same durability, its files in one directory that outlives the process.
///
/// User and database are both `postgres`; it listens on the loopback address alone. One at a time
/// per data directory, on the whole machine. Safe from any thread.
///
/// | in the data directory | |
/// |---|---|
/// | `postgres` | the cluster with the orders; no code here ever deletes it |
/// | `initialising-…` | a cluster that is not one yet; disposable |
/// | `binaries` | PostgreSQL itself, unpacked; disposable |
/// | `postgres.log` | what PostgreSQL says, since the last start |
/// | `server.lock` `server.pid` | who uses all this |
public final class EmbeddedDatabase implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedDatabase.class);

  private final DataDirectory directory;
  private final EmbeddedPostgres postgres;
  private boolean closed;

  private EmbeddedDatabase(DataDirectory directory, EmbeddedPostgres postgres) {
    this.directory = directory;
    this.postgres = postgres;
  }

  /// Starts PostgreSQL on the orders in `dataDirectory`, or on none if there is nothing yet; ready
  /// for connections when this returns. Takes about a second, the first time three, and after a
  /// crash as long as the recovery needs.
  ///
  /// @throws Unavailable if that cannot be; nothing is left running then
  public static EmbeddedDatabase start(Path dataDirectory) throws Unavailable {
    requireLibrary();
    DataDirectory directory = DataDirectory.open(dataDirectory);
    try {
      EmbeddedPostgres postgres = new EmbeddedStart(directory).start();
      log.info("PostgreSQL is ready on port {}, its data in {}", postgres.getPort(), directory);
      return new EmbeddedDatabase(directory, postgres);
    } catch (Unavailable | RuntimeException | Error e) {
      directory.close();
      throw e;
    }
  }

  public int port() {
    return postgres.getPort();
  }

  /// Stops PostgreSQL, ending the connections that are still open: close the pools before. A second
  /// call does nothing.
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    // An interrupted thread could wait for nothing here and would leave PostgreSQL running.
    boolean interrupted = Thread.interrupted();
    try {
      postgres.close();
      // The library gives up after 5 s, and a last checkpoint may take longer.
      Optional<Postmaster> slow = Postmaster.of(directory.cluster());
      if (slow.isPresent() && !slow.get().stop()) {
        log.warn("PostgreSQL (pid {}) in {} does not stop", slow.get().pid(), directory);
      }
    } catch (IOException e) {
      log.warn("PostgreSQL in {} could not be stopped", directory, e);
    } finally {
      directory.close();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// The Docker image leaves the library and its binaries out.
  private static void requireLibrary() throws Unavailable {
    try {
      Class.forName(
          "io.zonky.test.db.postgres.embedded.EmbeddedPostgres",
          false,
          EmbeddedDatabase.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new Unavailable(Unavailable.NOT_CARRIED, e);
    }
  }

  /// Why there is no embedded database, in one sentence for the person who started the server.
  public static final class Unavailable extends Exception {
    static final String NOT_CARRIED =
        "no DATABASE_URL is set and this build carries no embedded PostgreSQL";

    @Serial private static final long serialVersionUID = 1L;

    Unavailable(String sentence) {
      super(sentence);
    }

    Unavailable(String sentence, Throwable cause) {
      super(sentence, cause);
    }

    @Override
    public String getMessage() {
      return String.valueOf(super.getMessage());
    }
  }
}
