package orders.bootstrap.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/// Two users of one machine, root and `nobody`; only root can become somebody else to try it.
@EnabledIf("mayBecomeNobody")
final class EmbeddedDatabaseUsersTest {
  private static final List<String> AS_NOBODY =
      List.of("setpriv", "--reuid", "nobody", "--regid", "65534", "--clear-groups");

  @TempDir private Path parent;

  static boolean mayBecomeNobody() {
    return "root".equals(System.getProperty("user.name"))
        && Files.isExecutable(Path.of("/usr/bin/setpriv"));
  }

  @Test
  void eachUserHasADatabaseAndNeitherTakesTheOthers() throws Exception {
    UserPrincipal nobody =
        parent.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
    Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path ofRoot = parent.resolve("root");
    Path ofNobody = Files.createDirectory(parent.resolve("nobody"));
    Files.setOwner(ofNobody, nobody);
    String classPath = readableClassPath();

    EmbeddedDatabase.start(ofRoot).close();
    try (EmbeddedDatabaseProcess own =
        EmbeddedDatabaseProcess.start(AS_NOBODY, classPath, ofNobody)) {
      assertThat(own.port()).isPositive();
    }
    try (EmbeddedDatabaseProcess others =
        EmbeddedDatabaseProcess.start(AS_NOBODY, classPath, ofRoot)) {
      assertThat(others.answer())
          .isEqualTo(
              "the data directory %s cannot be used: user nobody may not write %s/server.lock, which belongs to user root; set DATA_DIR to another directory",
              ofRoot, ofRoot);
    }
    try (EmbeddedDatabaseProcess others = EmbeddedDatabaseProcess.start(ofNobody)) {
      assertThat(others.answer())
          .isEqualTo(
              "%s/postgres belongs to user nobody and this server runs as user root; run it as nobody or set DATA_DIR to another directory",
              ofNobody);
    }
  }

  /// Root's own directories, such as Maven's repository, are closed to others.
  private String readableClassPath() throws IOException {
    Path copies = Files.createDirectory(parent.resolve("class-path"));
    List<String> entries = new ArrayList<>();
    for (String entry : EmbeddedDatabaseProcess.CLASS_PATH.split(File.pathSeparator, -1)) {
      Path from = Path.of(entry);
      Path to = copies.resolve(entries.size() + "-" + from.getFileName());
      entries.add(to.toString());
      if (Files.exists(from)) {
        try (Stream<Path> files = Files.walk(from)) {
          for (Path file : files.toList()) {
            Files.copy(file, to.resolve(from.relativize(file).toString()));
          }
        }
      }
    }
    return String.join(File.pathSeparator, entries);
  }
}
