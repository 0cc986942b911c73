package orders.bootstrap.embedded;

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
  private List<String> kept = List.of();

  PostgresBinaries(Path directory) {
    this.directory = directory;
    this.trusted = directory.resolve("trusted");
  }

  /// The library opens this one to everybody; the one around it stays closed.
  Path unpacked() {
    return directory.resolve("unpacked");
  }

  /// Leaves only what can be trusted, and that only until [#trust] finds it so again: whatever ends
  /// the start before that, the next one unpacks anew.
  void prepare() throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectory(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    Files.createDirectories(unpacked());
    kept = trustedNames();
    for (Path version : versions()) {
      if (!kept.contains(version.getFileName().toString())) {
        Trees.delete(version);
      }
    }
    Files.deleteIfExists(trusted);
  }

  /// To be called once a PostgreSQL runs. An older version's are left to the next [#prepare].
  void trust() throws IOException {
    List<String> all = versions().stream().map(path -> path.getFileName().toString()).toList();
    List<String> unpackedNow = all.stream().filter(name -> !kept.contains(name)).toList();
    Files.write(trusted, unpackedNow.isEmpty() ? kept : unpackedNow);
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
