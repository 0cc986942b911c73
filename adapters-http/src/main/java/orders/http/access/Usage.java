package orders.http.access;

/// What a request asks of the server, and so what it counts against.
public enum Usage {
  /// Writes an order.
  PLACE,
  /// Reads orders.
  READ,
  /// Checks or makes a password.
  LOGIN,
  /// Next to nothing.
  FREE
}
