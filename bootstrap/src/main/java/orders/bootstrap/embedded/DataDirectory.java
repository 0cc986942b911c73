package orders.bootstrap.embedded;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.Objects;
import orders.bootstrap.embedded.EmbeddedDatabase.Unavailable;

/// The directory of one embedded database, held by this process and fit to be used.
final class DataDirectory implements AutoCloseable {
  /// PostgreSQL itself 60 MB, an empty cluster 40 MB, and some to begin with.
  private static final long NEW_CLUSTER_BYTES = 200L << 20;

  private final Path path;
  private final DataDirectoryLock lock;

  private DataDirectory(Path path, DataDirectoryLock lock) {
    this.path = path;
    this.lock = lock;
  }

  /// Creates it if need be, and locks it before anything in it is touched.
  static DataDirectory open(Path dataDirectory) throws Unavailable {
    Path path = dataDirectory.toAbsolutePath().normalize();
    requireQuotable(path);
    try {
      Files.createDirectories(path);
      DataDirectory directory = new DataDirectory(path, DataDirectoryLock.take(path));
      try {
        directory.requireOwnCluster();
        return directory;
      } catch (IOException | Unavailable e) {
        directory.close();
        throw e;
      }
    } catch (IOException e) {
      throw unusable(path, e);
    }
  }

  Path cluster() {
    return path.resolve("postgres");
  }

  Path binaries() {
    return path.resolve("binaries");
  }

  Path log() {
    return path.resolve("postgres.log");
  }

  Path path() {
    return path;
  }

  @Override
  public void close() {
    lock.close();
  }

  @Override
  public String toString() {
    return path.toString();
  }

  /// A directory that cannot be created, read or written, in one sentence.
  static Unavailable unusable(Path directory, IOException e) {
    String why =
        switch (e) {
          case AccessDeniedException denied ->
              "user %s may not write %s%s"
                  .formatted(
                      System.getProperty("user.name"), denied.getFile(), owner(denied.getFile()));
          case FileAlreadyExistsException file -> file.getFile() + " is not a directory";
          case FileSystemException other when other.getReason() != null ->
              other.getFile() + ": " + other.getReason();
          default -> Objects.requireNonNullElse(e.getMessage(), e.toString()).strip();
        };
    return new Unavailable(
        "the data directory %s cannot be used: %s; set DATA_DIR to another directory"
            .formatted(directory, why),
        e);
  }

  private static String owner(String file) {
    try {
      return ", which belongs to user " + Files.getOwner(Path.of(file)).getName();
    } catch (IOException e) {
      return "";
    }
  }

  /// On a full disk the library unpacks what fits and does not mind, and a PostgreSQL ends in
  /// riddles.
  void requireRoomForNewCluster() throws IOException, Unavailable {
    long free = Files.getFileStore(path).getUsableSpace();
    if (free < NEW_CLUSTER_BYTES) {
      throw new Unavailable(
          "the data directory %s cannot be used: a new database needs %d MB and %d MB are free; make room or set DATA_DIR to another directory"
              .formatted(path, NEW_CLUSTER_BYTES >> 20, free >> 20));
    }
  }

  /// `pg_ctl` hands the path to a shell between double quotes, without escaping it.
  private static void requireQuotable(Path path) throws Unavailable {
    if (path.toString().chars().anyMatch(c -> c < ' ' || "\"$`\\".indexOf(c) >= 0)) {
      throw new Unavailable(
          ("the data directory %s cannot be used: PostgreSQL takes no path with a double quote, $,"
                  + " backtick, backslash or control character; set DATA_DIR to another directory")
              .formatted(path));
    }
  }

  /// PostgreSQL runs only on files of its own user, root being no exception. A file made here tells
  /// who this process is to this file system, and that there is something to be written at all.
  private void requireOwnCluster() throws IOException, Unavailable {
    Path probe = Files.createTempFile(path, "probe-", "");
    UserPrincipal self = Files.getOwner(probe);
    Files.delete(probe);
    if (!Files.exists(cluster())) {
      return;
    }
    UserPrincipal owner = Files.getOwner(cluster());
    if (!owner.equals(self)) {
      throw new Unavailable(
          "%s belongs to user %s and this server runs as user %s; run it as %s or set DATA_DIR to another directory"
              .formatted(cluster(), owner.getName(), self.getName(), owner.getName()));
    }
  }
}
