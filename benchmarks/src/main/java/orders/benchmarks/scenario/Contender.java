package orders.benchmarks.scenario;

import java.nio.file.Path;

/// A server that is measured.
///
/// @param jar its libraries beside it
public record Contender(Kind kind, Path jar) {
  /// What sets it apart.
  public enum Kind {
    /// The server as anybody gets it.
    AS_SHIPPED("server"),
    /// The same server by another main class, which has every write commit by itself.
    ONE_COMMIT_EACH("server, one commit each");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  /// As the report calls it.
  public String words() {
    return kind.words;
  }
}
