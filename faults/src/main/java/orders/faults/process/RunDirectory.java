package orders.faults.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where a run leaves all that it writes.
public final class RunDirectory {
  private RunDirectory() {}

  /// Makes `directory`, so that nothing of another run is in it.
  ///
  /// @throws IllegalArgumentException if there is something in it
  public static Path empty(Path directory) throws IOException {
    Files.createDirectories(directory);
    try (var files = Files.list(directory)) {
      if (files.findAny().isPresent()) {
        throw new IllegalArgumentException(
            directory + " is not empty; set DIRECTORY to one that is");
      }
    }
    return directory.toAbsolutePath().normalize();
  }
}
