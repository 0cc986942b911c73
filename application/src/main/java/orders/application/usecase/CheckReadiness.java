package orders.application.usecase;

import orders.application.port.Database;

/// Says whether this node should be sent requests.
public final class CheckReadiness {
  private final Database database;
  private volatile boolean draining;

  public CheckReadiness(Database database) {
    this.database = database;
  }

  public Readiness check() {
    if (draining) {
      return Readiness.DRAINING;
    }
    return database.isReachable() ? Readiness.READY : Readiness.DATABASE_UNREACHABLE;
  }

  /// From now on this node is not ready: it is about to stop.
  public void drain() {
    draining = true;
  }

  public enum Readiness {
    READY,
    DATABASE_UNREACHABLE,
    DRAINING
  }
}
