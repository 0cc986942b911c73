package orders.bootstrap;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import orders.bootstrap.embedded.EmbeddedDatabase;
import orders.postgres.DatabaseAddress;

/// The embedded database of a server, which starts beside it: while PostgreSQL's processes come up,
/// this one loads what it needs to answer requests. Safe from any thread.
final class StartingDatabase {
  private final CompletableFuture<EmbeddedDatabase> started = new CompletableFuture<>();

  private StartingDatabase() {}

  static StartingDatabase begin(Path dataDirectory) {
    StartingDatabase database = new StartingDatabase();
    Thread.ofPlatform().name("database").start(() -> database.start(dataDirectory));
    return database;
  }

  private void start(Path dataDirectory) {
    try {
      started.complete(EmbeddedDatabase.start(dataDirectory));
    } catch (EmbeddedDatabase.Unavailable | RuntimeException | Error e) {
      started.completeExceptionally(e);
    }
  }

  /// Returns once it takes connections.
  ///
  /// @throws CannotStart if it never will; nothing is left running then
  void await() throws CannotStart {
    try {
      started.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof EmbeddedDatabase.Unavailable why) {
        throw new CannotStart("Cannot start: " + why.getMessage(), why);
      }
      throw e;
    }
  }

  /// For use after [#await]: the port is known only then.
  DatabaseAddress address() {
    return new DatabaseAddress("127.0.0.1", started.join().port(), "postgres", "postgres", "");
  }

  /// Stops it, if it started. A start that is under way is waited for: ended half-way, it might
  /// leave a PostgreSQL behind.
  void close() {
    try {
      started.join().close();
    } catch (CompletionException _) {
      // For whoever waits for it to say.
    }
  }
}
