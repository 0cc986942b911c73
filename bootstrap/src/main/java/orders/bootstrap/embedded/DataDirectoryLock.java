package orders.bootstrap.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import orders.bootstrap.embedded.EmbeddedDatabase.Unavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One server per data directory. The lock belongs to the process: the system lets go of it however
/// the process ends. Safe from any thread.
final class DataDirectoryLock implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(DataDirectoryLock.class);

  /// The directories this process holds. A second look at a lock file of ours must not even open
  /// it: POSIX drops a process's locks on a file when any of its descriptors is closed.
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private final FileChannel channel;

  private DataDirectoryLock(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  /// @throws Unavailable if another server holds `directory`, naming it
  static DataDirectoryLock take(Path directory) throws IOException, Unavailable {
    Path real = directory.toRealPath();
    if (!HELD.add(real)) {
      throw inUse(directory, Optional.of(ProcessHandle.current().pid()));
    }
    try {
      return new DataDirectoryLock(real, locked(directory));
    } catch (IOException | Unavailable | RuntimeException e) {
      HELD.remove(real);
      throw e;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      log.warn("The lock on {} could not be closed", directory, e);
    } finally {
      HELD.remove(directory);
    }
  }

  private static FileChannel locked(Path directory) throws IOException, Unavailable {
    // Beside the lock, not in it: Windows would not let the other server read it.
    Path pid = directory.resolve("server.pid");
    FileChannel channel =
        FileChannel.open(
            directory.resolve("server.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw inUse(directory, holder(pid));
      }
      Files.writeString(pid, Long.toString(ProcessHandle.current().pid()));
      return channel;
    } catch (IOException | Unavailable | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /// Who wrote its pid last; empty in the moment between its lock and its writing.
  private static Optional<Long> holder(Path file) {
    try {
      long pid = Long.parseLong(Files.readString(file).strip());
      return ProcessHandle.of(pid).map(ProcessHandle::pid);
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Unavailable inUse(Path directory, Optional<Long> pid) {
    return new Unavailable(
        "%s is in use by another Orders server%s; stop it or set DATA_DIR to another directory"
            .formatted(directory, pid.map(" (pid %d)"::formatted).orElse("")));
  }
}
