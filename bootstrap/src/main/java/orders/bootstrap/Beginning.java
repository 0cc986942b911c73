package orders.bootstrap;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import orders.application.dispatch.Dispatcher;
import orders.application.dispatch.Retention;
import orders.application.port.StoreUnavailable;
import orders.bootstrap.AccessModule.FirstAccount;
import orders.postgres.DatabaseAddress;
import orders.postgres.PostgresDatabase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The way from a server that listens to one that works, however late its database comes.
final class Beginning {
  private static final Logger log = LoggerFactory.getLogger(Beginning.class);

  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

  private final PostgresDatabase database;
  private final FirstAccount firstAccount;
  private final Dispatcher dispatcher;
  private final Optional<Retention> retention;
  private final Lock trying = new ReentrantLock();
  private final CountDownLatch cancelled = new CountDownLatch(1);

  Beginning(
      PostgresDatabase database,
      FirstAccount firstAccount,
      Dispatcher dispatcher,
      Optional<Retention> retention) {
    this.database = database;
    this.firstAccount = firstAccount;
    this.dispatcher = dispatcher;
    this.retention = retention;
  }

  /// Brings the database up to date, the first account included, and starts the dispatcher, and
  /// what else works by itself.
  ///
  /// @return whether it works now; false if this was cancelled
  /// @throws StoreUnavailable if the database cannot be used now
  boolean tryOnce() {
    trying.lock();
    try {
      if (isCancelled()) {
        return false;
      }
      database.migrate();
      firstAccount.ensure();
      return startWork();
    } catch (StoreUnavailable e) {
      if (isCancelled()) {
        return false;
      }
      throw e;
    } finally {
      trying.unlock();
    }
  }

  /// Tries until it works, and says why it does not whenever the reason is another.
  ///
  /// @param listening where people find this server meanwhile
  /// @return whether it works now; false if this was cancelled
  boolean insist(String listening, DatabaseAddress address) throws InterruptedException {
    String trouble = "";
    do {
      try {
        boolean begun = tryOnce();
        if (begun && !trouble.isEmpty()) {
          log.info("The database {} can be used now", address);
        }
        return begun;
      } catch (StoreUnavailable e) {
        String reason = e.getMessage();
        if (trouble.isEmpty()) {
          Greeting.printWaiting(listening, address.toString(), reason);
        } else if (!reason.equals(trouble)) {
          log.warn("Still waiting for the database {}: {}", address, reason);
        }
        trouble = reason;
      }
    } while (!cancelled.await(BETWEEN_TRIES.toMillis(), TimeUnit.MILLISECONDS));
    return false;
  }

  /// After this, the dispatcher is not started any more.
  synchronized void cancel() {
    cancelled.countDown();
  }

  private synchronized boolean startWork() {
    if (isCancelled()) {
      return false;
    }
    dispatcher.start();
    retention.ifPresent(Retention::start);
    return true;
  }

  private boolean isCancelled() {
    return cancelled.getCount() == 0;
  }

  /// To be called after [#cancel]: returns when nobody uses the database from here, or after
  /// `atMost`.
  void awaitEnd(Duration atMost) throws InterruptedException {
    if (trying.tryLock(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
      trying.unlock();
    }
  }
}
