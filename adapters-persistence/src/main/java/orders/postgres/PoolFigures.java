package orders.postgres;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import com.zaxxer.hikari.metrics.IMetricsTracker;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToIntFunction;

/// A pool of connections as operators see it: how it is now, and what has happened since it was
/// made. Safe from any thread; never waits for a connection.
public final class PoolFigures {
  private final HikariDataSource pool;
  private final LongAdder acquired = new LongAdder();
  private final LongAdder nanosWaited = new LongAdder();
  private final LongAdder timeouts = new LongAdder();

  private PoolFigures(HikariDataSource pool) {
    this.pool = pool;
  }

  /// @param pool not used yet
  static PoolFigures of(HikariDataSource pool) {
    PoolFigures figures = new PoolFigures(pool);
    pool.setMetricsTrackerFactory((_, _) -> figures.new Tracker());
    return figures;
  }

  /// What it is for, in one word.
  public String name() {
    return pool.getPoolName().replace("orders-", "");
  }

  /// The most connections it may have.
  public int most() {
    return pool.getMaximumPoolSize();
  }

  /// Connections that somebody uses.
  public int active() {
    return now(HikariPoolMXBean::getActiveConnections);
  }

  /// Connections that nobody uses.
  public int idle() {
    return now(HikariPoolMXBean::getIdleConnections);
  }

  /// Threads that wait for a connection.
  public int waiting() {
    return now(HikariPoolMXBean::getThreadsAwaitingConnection);
  }

  /// How many connections were given out.
  public long acquired() {
    return acquired.sum();
  }

  /// How long those who got one had waited, in nanoseconds, all together.
  public long nanosWaited() {
    return nanosWaited.sum();
  }

  /// How many got none in time.
  public long timeouts() {
    return timeouts.sum();
  }

  /// A pool that nobody has used yet has nothing to tell.
  private int now(ToIntFunction<HikariPoolMXBean> figure) {
    HikariPoolMXBean bean = pool.getHikariPoolMXBean();
    return bean == null ? 0 : figure.applyAsInt(bean);
  }

  private final class Tracker implements IMetricsTracker {
    @Override
    public void recordConnectionAcquiredNanos(long nanos) {
      acquired.increment();
      nanosWaited.add(nanos);
    }

    @Override
    public void recordConnectionTimeout() {
      timeouts.increment();
    }
  }
}
