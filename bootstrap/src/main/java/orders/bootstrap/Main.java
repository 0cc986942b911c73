package orders.bootstrap;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import orders.postgres.Sharing;

/// The server as a process: settings from the environment, running until a signal. With `train` as
/// its argument it only trains, and ends by itself.
public final class Main {
  private static final int STOPPED = 0;
  private static final int CANNOT_START = 1;
  private static final int STOPPED_IN_A_HURRY = 2;

  private Main() {}

  public static void main(String[] args) throws InterruptedException {
    main(args, Sharing.USUAL);
  }

  /// @param sharing how writes share commits
  static void main(String[] args, Sharing sharing) throws InterruptedException {
    // Guice would otherwise define classes through Unsafe, of which the JVM warns at each start.
    System.setProperty("guice_bytecode_gen_option", "DISABLED");
    try {
      if (args.length == 0) {
        run(Settings.read(System.getenv()), sharing);
      } else if (args.length == 2 && args[0].equals("train")) {
        Training.run(args[1]);
        System.exit(STOPPED);
      } else {
        throw new CannotStart("Give no arguments, or: train <database URL or directory>", null);
      }
    } catch (InvalidSettings | CannotStart e) {
      System.err.println(e.getMessage());
      System.exit(CANNOT_START);
    }
  }

  private static void run(Settings settings, Sharing sharing)
      throws CannotStart, InterruptedException {
    CompletableFuture<OrdersServer> started = new CompletableFuture<>();
    StopSignals.handle(() -> stop(started, settings.shutdown()), Main::haltNow);
    OrdersServer server = OrdersServer.start(settings, sharing);
    started.complete(server);
    if (server.becomeReady()) {
      Greeting.print(server.address(), !(settings.access() instanceof AccessSettings.Off));
    }
    Thread.currentThread().join();
  }

  /// A signal waits until the server listens, and then until its database has started:
  /// half-started, either would be left behind.
  private static void stop(CompletableFuture<OrdersServer> started, Duration atMost) {
    // Whatever hangs, the process ends in time. What it held is durable, and free after its lease.
    CompletableFuture.delayedExecutor(atMost.toMillis(), TimeUnit.MILLISECONDS)
        .execute(Main::haltNow);
    started.join().stop(atMost);
    System.exit(STOPPED);
  }

  private static void haltNow() {
    Runtime.getRuntime().halt(STOPPED_IN_A_HURRY);
  }
}
