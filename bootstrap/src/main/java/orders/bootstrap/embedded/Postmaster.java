package orders.bootstrap.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The living main process of the PostgreSQL on one cluster, found through its `postmaster.pid`.
///
/// That file outlives a killed server and a crashed machine, and its pid may long belong to
/// somebody else: only a process called `postgres` that works in this very directory counts.
record Postmaster(Path cluster, ProcessHandle process) {
  private static final Logger log = LoggerFactory.getLogger(Postmaster.class);

  /// A fast stop writes a last checkpoint, so it may take a while; an immediate one does not.
  private static final Duration FAST = Duration.ofSeconds(10);

  private static final Duration IMMEDIATE = Duration.ofSeconds(10);

  /// Above every pid that Linux or macOS hands out.
  private static final String NOBODY = "2147483647";

  static Optional<Postmaster> of(Path cluster) {
    try {
      return lines(cluster).stream()
          .findFirst()
          .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid.strip())))
          .filter(process -> worksIn(cluster, process))
          .map(process -> new Postmaster(cluster, process));
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /// Lets PostgreSQL start on a cluster whose server is gone. It refuses while the pid it finds
  /// belongs to any process at all, so that pid is replaced; the rest of the file stays, because by
  /// it PostgreSQL makes sure for itself that no part of the old server still holds the shared
  /// memory.
  ///
  /// Only for the holder of the data directory's lock, after [#of] found nothing.
  static void forget(Path cluster) throws IOException {
    List<String> lines = new ArrayList<>(lines(cluster));
    if (lines.isEmpty()) {
      Files.deleteIfExists(file(cluster));
      return;
    }
    lines.set(0, NOBODY);
    Files.write(file(cluster), lines, StandardCharsets.ISO_8859_1);
  }

  /// Stops it without losing anything committed: fast first, immediate if that takes too long.
  ///
  /// @return whether it is gone
  boolean stop() {
    return signal("INT", FAST) || signal("QUIT", IMMEDIATE);
  }

  long pid() {
    return process.pid();
  }

  private boolean signal(String signal, Duration patience) {
    try {
      // Java itself can send only TERM, at which PostgreSQL would wait for its clients to leave.
      new ProcessBuilder("sh", "-c", "kill -\"$0\" \"$1\"", signal, Long.toString(pid()))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
      return gone(patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (IOException e) {
      log.warn("PostgreSQL (pid {}) could not be sent {}", pid(), signal, e);
      return false;
    }
  }

  /// Where nobody reaps orphans a dead process stays listed, but no longer as a postgres at work.
  private boolean gone(Duration patience) throws InterruptedException {
    long begin = System.nanoTime();
    while (worksIn(cluster, process)) {
      if (System.nanoTime() - begin > patience.toNanos()) {
        return false;
      }
      try {
        process.onExit().get(50, TimeUnit.MILLISECONDS);
      } catch (TimeoutException | ExecutionException e) {
        log.trace("PostgreSQL (pid {}) is still there", pid(), e);
      }
    }
    return true;
  }

  private static boolean worksIn(Path cluster, ProcessHandle process) {
    Optional<String> command = process.info().command();
    if (command.isEmpty()
        || !Path.of(command.get()).getFileName().toString().startsWith("postgres")) {
      return false;
    }
    Path workingDirectory = Path.of("/proc", Long.toString(process.pid()), "cwd");
    try {
      return Files.isSameFile(workingDirectory, cluster);
    } catch (IOException e) {
      // Not Linux: the path it was started with must do.
      return process
          .info()
          .arguments()
          .map(arguments -> List.of(arguments).contains(cluster.toString()))
          .orElse(false);
    }
  }

  private static List<String> lines(Path cluster) throws IOException {
    try {
      return Files.readAllLines(file(cluster), StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  private static Path file(Path cluster) {
    return cluster.resolve("postmaster.pid");
  }
}
