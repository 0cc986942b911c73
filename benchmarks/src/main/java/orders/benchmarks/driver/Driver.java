package orders.benchmarks.driver;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import orders.benchmarks.driver.Load.Pace;

/// Puts a load on servers. It shares their machine, so that it must be lean: one thread does, as
/// long as it is not the limit. Safe from any thread.
public final class Driver {
  private final Requests requests;
  private final int threads;

  /// @param threads that send and receive
  public Driver(Requests requests, int threads) {
    this.requests = requests;
    this.threads = threads;
  }

  /// What is done around the measured time, on the thread that called.
  public interface Watch {
    Watch NONE =
        new Watch() {
          @Override
          public void begins() {}

          @Override
          public void ends() {}
        };

    /// Right after the warm-up.
    void begins() throws Exception;

    /// When the time is over; requests may still be under way.
    void ends() throws Exception;
  }

  /// Returns when all requests are answered.
  ///
  /// @param addresses of servers, which share the connections
  /// @throws IOException if a server cut a connection or did not answer
  public Outcome run(List<URI> addresses, Load load, Watch watch) throws Exception {
    int parts = Math.min(threads, load.connections());
    List<LoadThread> loads = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      loads.add(
          new LoadThread(
              socketsOf(part, parts, addresses, load.connections()),
              requests.cursor(part, parts),
              share(load.pace(), parts),
              part));
    }
    long start = System.nanoTime();
    long from = start + load.warmUp().toNanos();
    Clock clock = new Clock(start, from, from + load.measured().toNanos());
    List<FutureTask<Tally>> tasks = new ArrayList<>();
    for (LoadThread thread : loads) {
      FutureTask<Tally> task = new FutureTask<>(() -> thread.run(clock));
      tasks.add(task);
      Thread.ofPlatform().name("load-" + tasks.size()).daemon().start(task);
    }
    Waiting.until(clock.from());
    watch.begins();
    Waiting.until(clock.to());
    watch.ends();
    Tally all = new Tally();
    for (FutureTask<Tally> task : tasks) {
      all.add(join(task));
    }
    return new Outcome(
        load.measured(), all.sent, all.created, all.refused, all.latencies, all.acknowledged);
  }

  private static Tally join(FutureTask<Tally> task) throws Exception {
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw new IOException("a load did not come to its end", e.getCause());
    }
  }

  private static Pace share(Pace pace, int parts) {
    return switch (pace) {
      case Pace.Closed closed -> closed;
      case Pace.Open(double perSecond) -> new Pace.Open(perSecond / parts);
    };
  }

  private static List<InetSocketAddress> socketsOf(
      int part, int parts, List<URI> addresses, int connections) {
    List<InetSocketAddress> sockets = new ArrayList<>();
    for (int i = part; i < connections; i += parts) {
      URI address = addresses.get(i / parts % addresses.size());
      sockets.add(new InetSocketAddress(address.getHost(), address.getPort()));
    }
    return sockets;
  }
}
