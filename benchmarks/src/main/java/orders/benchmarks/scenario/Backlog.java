package orders.benchmarks.scenario;

import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import orders.benchmarks.driver.Gate;
import orders.benchmarks.measure.Sql;

/// Keeps the number of orders in progress at most at a bound, so that no backlog grows: counts the
/// rows of work some times a second, and lets no more orders in than there is room for.
///
/// The count misses requests that are under way, of which there are at most as many as connections.
/// Closing it ends its thread; [#most] is what was seen.
final class Backlog implements Gate, AutoCloseable {
  private static final long BETWEEN_LOOKS_NANOS = 10_000_000;

  private final AtomicLong room = new AtomicLong();
  private final Sql sql;
  private final int bound;
  private final Thread thread;
  private volatile long most;
  private volatile boolean closed;

  Backlog(Store store, int bound) throws SQLException {
    this.sql = new Sql(store.jdbcUrl());
    this.bound = bound;
    this.thread = Thread.ofPlatform().name("backlog").daemon().start(this::look);
  }

  private void look() {
    try {
      while (!closed) {
        long live = (long) sql.number("select count(*) from work");
        most = Math.max(most, live);
        room.set(bound - live);
        LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
      }
    } catch (SQLException e) {
      room.set(0);
      throw new IllegalStateException("the backlog cannot be seen", e);
    }
  }

  @Override
  public boolean pass() {
    return room.get() > 0 && room.getAndDecrement() > 0;
  }

  /// The most orders that were live at once.
  long most() {
    return most;
  }

  @Override
  public void close() throws SQLException {
    closed = true;
    boolean interrupted = Thread.interrupted();
    while (thread.isAlive()) {
      LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    sql.close();
  }
}
