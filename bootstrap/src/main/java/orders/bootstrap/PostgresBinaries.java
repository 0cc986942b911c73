package orders.bootstrap;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/// Where the library unpacks PostgreSQL, 60 MB, and what of it may be run.
///
/// Not the library's own choice, a directory in `/tmp` that all users share: it would belong to
/// whoever came first, be writable by everybody, and lose single files to the nightly cleaning of
/// `/tmp` while PostgreSQL runs.
///
/// The library takes any file that is there for a whole one. After a kill or on a full disk it is
/// not, so only what a PostgreSQL has once started from is kept; all else is unpacked again.
final class PostgresBinaries {
  private final Path directory;
  private final Path trusted;

  PostgresBinaries(Path directory) {
    this.directory = directory;
    this.trusted = directory.resolve("trusted");
  }

  /// The library opens this one to everybody; the one around it stays closed.
  Path unpacked() {
    return directory.resolve("unpacked");
  }

  void prepare() throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectory(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    Files.createDirectories(unpacked());
    List<String> keep = trustedNames();
    for (Path version : versions()) {
      if (!keep.contains(version.getFileName().toString())) {
        Trees.delete(version);
      }
    }
  }

  /// To be called once a PostgreSQL runs. An older version's are left to the next [#prepare].
  void trust() throws IOException {
    List<String> known = trustedNames();
    List<String> all = versions().stream().map(path -> path.getFileName().toString()).toList();
    List<String> unpackedNow = all.stream().filter(name -> !known.contains(name)).toList();
    if (!unpackedNow.isEmpty()) {
      Files.write(trusted, unpackedNow);
    }
  }

  /// To be called when none runs: the next start unpacks them again, should they be the reason.
  void distrust() throws IOException {
    Files.deleteIfExists(trusted);
  }

  private List<String> trustedNames() throws IOException {
    try {
      return Files.readAllLines(trusted);
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  private List<Path> versions() throws IOException {
    List<Path> versions = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(unpacked())) {
      entries.forEach(versions::add);
    }
    return versions;
  }
}
