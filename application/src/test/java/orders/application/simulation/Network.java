package orders.application.simulation;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import orders.application.port.StoreUnavailable;
import orders.application.port.StoreUnavailable.Effect;

/// The way between nodes, the database and the partners: it takes its time, and loses things.
final class Network {
  private final Simulator simulator;
  private final Simulator.Host world = new Simulator.Host();
  private double loss;
  private boolean databaseIsUp = true;

  Network(Simulator simulator) {
    this.simulator = simulator;
  }

  /// @param share of calls to the database that go wrong in one way or another, 0 to 1
  void lose(double share) {
    loss = share;
  }

  void setDatabaseUp(boolean up) {
    databaseIsUp = up;
  }

  /// Mostly short, seldom long.
  Duration latency() {
    int kind = simulator.random().nextInt(100);
    long micros =
        kind < 80
            ? simulator.random().nextLong(2_000)
            : kind < 98
                ? simulator.random().nextLong(50_000)
                : simulator.random().nextLong(900_000);
    return Duration.ofNanos(micros * 1_000);
  }

  void travel() {
    simulator.sleep(latency());
  }

  /// A call to the database: it may never arrive, its answer may get lost, and it may also arrive
  /// long after whoever made it has given up.
  <T> T toDatabase(Supplier<T> call) {
    travel();
    if (!databaseIsUp) {
      throw new StoreUnavailable("the database is down", Effect.NONE, null);
    }
    boolean lossy = simulator.random().nextDouble() < loss;
    return lossy ? lost(call) : answered(call);
  }

  private <T> T answered(Supplier<T> call) {
    T answer = call.get();
    travel();
    return answer;
  }

  private <T> T lost(Supplier<T> call) {
    throw switch (simulator.random().nextInt(4)) {
      case 0 -> new StoreUnavailable("no connection", Effect.NONE, null);
      case 1 -> new StoreUnavailable("lost on the way", Effect.UNKNOWN, null);
      case 2 -> {
        var _ = simulator.start(world, () -> arriveLate(call));
        yield new StoreUnavailable("stuck on the way", Effect.UNKNOWN, null);
      }
      default -> {
        var _ = answered(call);
        yield new StoreUnavailable("the answer was lost", Effect.UNKNOWN, null);
      }
    };
  }

  private <T> void arriveLate(Supplier<T> call) {
    simulator.sleep(Duration.ofMillis(simulator.random().nextLong(5_000)));
    var _ = call.get();
  }

  /// A call to a partner: what it does there happens whether or not the caller waits for it.
  ///
  /// @return empty if the caller was interrupted
  <T> Optional<T> toPartner(Supplier<T> call) {
    var answer = new Object[1];
    var arrived = new Simulator.SimulatedMonitor(simulator);
    var _ =
        simulator.start(
            world,
            () -> {
              travel();
              T result = call.get();
              travel();
              answer[0] = result;
              arrived.changed();
            });
    try {
      arrived.await(() -> answer[0] != null, Duration.ofHours(1));
      @SuppressWarnings("unchecked")
      T result = (T) answer[0];
      return Optional.ofNullable(result);
    } catch (InterruptedException _) {
      return Optional.empty();
    }
  }
}
