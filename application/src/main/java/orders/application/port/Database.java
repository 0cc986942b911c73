package orders.application.port;

/// The database as operators see it.
public interface Database {
  /// Whether it answers now. Bounded in time, and never throws.
  boolean isReachable();
}
