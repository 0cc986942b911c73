package orders.application.usecase;

import orders.application.dispatch.Dispatcher;
import orders.application.port.Database;

/// Says whether this node should be sent requests.
public final class CheckReadiness {
  private final Database database;
  private final Dispatcher dispatcher;

  public CheckReadiness(Database database, Dispatcher dispatcher) {
    this.database = database;
    this.dispatcher = dispatcher;
  }

  public Readiness check() {
    if (dispatcher.isStopping()) {
      return Readiness.DRAINING;
    }
    return database.isReachable() ? Readiness.READY : Readiness.DATABASE_UNREACHABLE;
  }

  public enum Readiness {
    READY,
    DATABASE_UNREACHABLE,
    DRAINING
  }
}
