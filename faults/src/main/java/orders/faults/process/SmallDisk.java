package orders.faults.process;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// A file system of its own in one file, small enough to be filled to its last byte without harm to
/// anybody else. Only root on Linux may have one. Closing it takes it away.
public final class SmallDisk implements AutoCloseable {
  private static final long SIZE = 4L << 30;
  private static final long LAST_BYTES = 32L << 20;
  private static final int CHUNK = 4 << 10;

  private final Path mountPoint;
  private final Path image;

  private SmallDisk(Path mountPoint, Path image) {
    this.mountPoint = mountPoint;
    this.image = image;
  }

  /// @param mountPoint an empty directory
  /// @return empty if this machine does not allow it
  public static Optional<SmallDisk> mount(Path mountPoint)
      throws IOException, InterruptedException {
    Path image = mountPoint.resolveSibling(mountPoint.getFileName() + ".img");
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(SIZE);
    }
    if (succeeds("mkfs.ext4", "-q", "-m", "0", image.toString())
        && succeeds("mount", "-o", "loop", image.toString(), mountPoint.toString())) {
      return Optional.of(new SmallDisk(mountPoint, image));
    }
    Files.delete(image);
    return Optional.empty();
  }

  /// Leaves no byte of room.
  public void fill() throws IOException, InterruptedException {
    long room = Files.getFileStore(mountPoint).getUsableSpace();
    if (room > LAST_BYTES) {
      // Without writing them all.
      var _ = succeeds("fallocate", "-l", Long.toString(room - LAST_BYTES), ballast().toString());
    }
    byte[] chunk = new byte[CHUNK];
    try (OutputStream out =
        Files.newOutputStream(ballast(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      while (true) {
        out.write(chunk);
      }
    } catch (IOException _) {
      // That was the last byte.
    }
  }

  /// Gives back all the room that [#fill] took.
  public void free() throws IOException {
    Files.deleteIfExists(ballast());
  }

  private Path ballast() {
    return mountPoint.resolve("ballast");
  }

  private static boolean succeeds(String... command) throws IOException, InterruptedException {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException _) {
      // There is no such command here.
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    try {
      // Lazily: this process itself may hold a lock file in it to its end.
      if (succeeds("umount", "--lazy", mountPoint.toString())) {
        Files.delete(image);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
