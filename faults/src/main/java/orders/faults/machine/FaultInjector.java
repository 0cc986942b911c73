package orders.faults.machine;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import orders.faults.plan.Fault;
import orders.faults.process.Deployment;
import orders.faults.process.Node;
import orders.faults.process.Patience;
import orders.faults.process.PostgresServer;
import orders.faults.process.Signals;
import orders.faults.process.SmallDisk;
import orders.faults.promise.Promise;
import orders.faults.promise.Violation;

/// Makes faults happen to a deployment, and makes them good again. Safe from any thread.
final class FaultInjector {
  private static final List<String> PARTNERS = List.of("confirmation", "payment", "delivery");
  private static final Duration AN_HOUR = Duration.ofHours(1);

  private final Deployment deployment;
  private final List<Node> nodes;
  private final Optional<SmallDisk> disk;
  private final Duration lease;
  private final Duration shutdown;
  private final Consumer<Violation> violations;

  /// @param disk that of the database, if it is one that may be filled
  /// @param shutdown what a stop may take
  FaultInjector(
      Deployment deployment,
      List<Node> nodes,
      Optional<SmallDisk> disk,
      Duration lease,
      Duration shutdown,
      Consumer<Violation> violations) {
    this.deployment = deployment;
    this.nodes = nodes;
    this.disk = disk;
    this.lease = lease;
    this.shutdown = shutdown;
    this.violations = violations;
  }

  /// Returns once the fault is over and made good.
  ///
  /// @return whether this machine allows it
  boolean inject(Fault fault) throws Exception {
    Node node = nodes.get(fault.target() % nodes.size());
    Duration length = fault.length();
    switch (fault.kind()) {
      case KILL_NODE -> node.crash(length);
      case STOP_NODE -> stop(node);
      case SLEEP_NODE -> node.sleep(lease.multipliedBy(3));
      case MOVE_CLOCK ->
          node.moveClock(fault.target() % 2 == 0 ? AN_HOUR : AN_HOUR.negated(), length);
      case CRASH_DATABASE -> crashDatabase(length);
      case KILL_BACKEND -> killBackend();
      case TERMINATE_BACKENDS -> terminateBackends();
      case LOSE_ANSWERS -> during(length, node.network()::loseAnswers, node.network()::heal);
      case CUT_NETWORK -> during(length, node.network()::refuse, node.network()::heal);
      case STALL_NETWORK ->
          during(length.multipliedBy(2), node.network()::stall, node.network()::heal);
      case FILL_DISK -> {
        if (disk.isEmpty()) {
          return false;
        }
        fillDisk(disk.get(), length);
      }
      case PARTNER_AWAY -> {
        String partner = PARTNERS.get(fault.target() % PARTNERS.size());
        deployment.partners().behave(partner, "{\"down\": true}");
        try {
          Patience.pause(length);
        } finally {
          deployment.partners().behave(partner, "{\"down\": false}");
        }
      }
    }
    return true;
  }

  private void stop(Node node) throws Exception {
    Node.Stop stop;
    try {
      stop = node.stopAndStart();
    } catch (AssertionError e) {
      // It did not end, or none could be started after it.
      violations.accept(Violation.of(Promise.P8, String.valueOf(e.getMessage())));
      return;
    }
    if (stop.exitCode() != 0 || stop.took().compareTo(shutdown) > 0) {
      violations.accept(
          Violation.of(
              Promise.P8,
              "node %d was asked to stop and ended with %d after %d ms"
                  .formatted(node.number(), stop.exitCode(), stop.took().toMillis())));
    }
  }

  /// One trouble of the database at a time.
  private synchronized void crashDatabase(Duration length) throws Exception {
    deployment.database().crash();
    Patience.pause(length);
    deployment.database().restart();
  }

  private synchronized void killBackend() throws Exception {
    PostgresServer database = deployment.database();
    Patience.until(() -> killOneOf(database), () -> "a connection whose backend can be killed");
    awaitDatabase();
  }

  /// @return false if there was none, or it was faster
  private static boolean killOneOf(PostgresServer database) {
    return queryIfPossible(
            database,
            """
            select pid
            from pg_stat_activity
            where backend_type = 'client backend' and pid <> pg_backend_pid()
            order by random()
            limit 1
            """)
        .stream()
        .flatMap(List::stream)
        .anyMatch(pid -> Signals.send("KILL", Long.parseLong(pid)));
  }

  /// Empty while the database recovers from a fault before this one, of which it may have noticed
  /// only now.
  private static Optional<List<String>> queryIfPossible(PostgresServer database, String sql) {
    try {
      return Optional.of(database.query(sql));
    } catch (SQLException _) {
      return Optional.empty();
    }
  }

  private synchronized void terminateBackends() throws Exception {
    PostgresServer database = deployment.database();
    Patience.until(
        () ->
            queryIfPossible(
                    database,
                    """
                    select pg_terminate_backend(pid)
                    from pg_stat_activity
                    where backend_type = 'client backend' and pid <> pg_backend_pid()
                      and random() < 0.5
                    """)
                .isPresent(),
        () -> "PostgreSQL to end some of its connections");
  }

  private synchronized void fillDisk(SmallDisk full, Duration length) throws Exception {
    full.fill();
    try {
      Patience.pause(length);
    } finally {
      full.free();
    }
    awaitDatabase();
  }

  /// It may recover by itself, or have given up for good.
  private void awaitDatabase() throws Exception {
    PostgresServer database = deployment.database();
    Patience.until(
        () -> {
          if (!database.isAlive()) {
            database.restart();
          }
          return database.answers();
        },
        () -> "PostgreSQL to be back");
  }

  private interface Change {
    void make();
  }

  private static void during(Duration length, Change begin, Change end) throws Exception {
    begin.make();
    try {
      Patience.pause(length);
    } finally {
      end.make();
    }
  }
}
