package orders.bootstrap;

import orders.postgres.Sharing;

/// The server as it is, except that no two orders share a commit: what sharing them is worth.
public final class OneCommitEach {
  /// As many at once as the server has connections to write with.
  private static final Sharing NONE = new Sharing(16, 1, 1);

  private OneCommitEach() {}

  public static void main(String[] arguments) throws InterruptedException {
    Main.main(arguments, NONE);
  }
}
