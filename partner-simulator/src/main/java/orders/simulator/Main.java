package orders.simulator;

import java.io.IOException;

/// The simulator as a process: settings from the environment, running until a signal.
public final class Main {
  private static final int STOPPED = 0;
  private static final int CANNOT_START = 1;

  private Main() {}

  public static void main(String[] args) {
    try {
      SimulatorSettings settings = SimulatorSettings.read(System.getenv());
      SimulatorServer server = SimulatorServer.start(settings);
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> stop(server)));
      System.out.println(
          "Partner simulator is ready on http://" + settings.host() + ":" + server.port());
    } catch (BadRequest | IOException e) {
      System.err.println("Cannot start: " + e.getMessage());
      System.exit(CANNOT_START);
    }
  }

  private static void stop(SimulatorServer server) {
    try {
      server.close();
    } catch (IOException e) {
      System.err.println("Could not close the journal: " + e.getMessage());
    }
    // Rather than with the signal's number, which would say that something was wrong.
    Runtime.getRuntime().halt(STOPPED);
  }
}
