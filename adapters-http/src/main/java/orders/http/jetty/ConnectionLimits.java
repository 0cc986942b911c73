package orders.http.jetty;

import java.time.Duration;

/// How many connections there may be, and how slow their clients.
///
/// @param most at once; for one more, those that wait for their clients are closed
/// @param head how long the head of a request may take from its first byte to its last
/// @param stall how long a client may keep the server waiting for the rest of a body, or for room
///   for the rest of an answer
/// @param bytesPerSecond what a client must send or take to be forgiven a second of that
public record ConnectionLimits(int most, Duration head, Duration stall, int bytesPerSecond) {
  private static final int MOST = 20_000;

  /// Of a process's open files, what connections leave to the database, to partners and to itself.
  private static final int REST = 4;

  public static final ConnectionLimits DEFAULT =
      new ConnectionLimits(
          Math.min(MOST, OpenFiles.most() - OpenFiles.most() / REST),
          Duration.ofSeconds(10),
          Duration.ofSeconds(15),
          2_048);

  public ConnectionLimits {
    if (most < 1 || bytesPerSecond < 1) {
      throw new IllegalArgumentException("no connection could be of use");
    }
    if (!head.isPositive() || !stall.isPositive()) {
      throw new IllegalArgumentException("every client needs some time");
    }
  }
}
