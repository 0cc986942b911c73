package orders.application.port;

/// Under whose name an order was placed, and with it where its idempotency key counts.
///
/// @param value opaque; empty when the server does not ask who its clients are
public record PlacedBy(String value) {
  /// One of the clients of a server that does not tell them apart.
  public static final PlacedBy ANYBODY = new PlacedBy("");

  private static final int MAX_LENGTH = 300;

  public PlacedBy {
    if (value.codePointCount(0, value.length()) > MAX_LENGTH) {
      throw new IllegalArgumentException("a name has at most " + MAX_LENGTH + " characters");
    }
  }
}
