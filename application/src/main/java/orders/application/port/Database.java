package orders.application.port;

/// The database as operators see it.
public interface Database {
  /// Whether it answers now. Returns within two seconds, and never throws.
  boolean isReachable();
}
