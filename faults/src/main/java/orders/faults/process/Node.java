package orders.faults.process;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// One place in a deployment where a server runs, at one address, through a network and by a clock
/// of its own. The server may be killed, sleep and be started again; one trouble at a time. Safe
/// from any thread.
public final class Node implements AutoCloseable {
  private final int number;
  private final Deployment deployment;
  private final Map<String, String> settings;
  private final Path clock;
  private final Proxy network;
  private final ReentrantLock trouble = new ReentrantLock(true);
  private final Absences absences = new Absences();
  private volatile ServerProcess server;
  private volatile URI address;

  /// How a server ended that was asked to.
  public record Stop(int exitCode, Duration took) {}

  private Node(int number, Deployment deployment, Map<String, String> settings)
      throws IOException, InterruptedException {
    this.number = number;
    this.deployment = deployment;
    this.network = new Proxy(deployment.database().port());
    this.clock = deployment.directory().resolve("clock-" + number);
    Files.writeString(clock, "0");
    this.settings = new HashMap<>(settings);
    this.settings.put("DATABASE_URL", PostgresServer.url(network.port()));
    this.server = launched();
    this.address = server.awaitReady();
    this.settings.put("PORT", Integer.toString(address.getPort()));
  }

  /// Returns once it is ready.
  public static Node start(int number, Deployment deployment, Map<String, String> settings)
      throws IOException, InterruptedException {
    return new Node(number, deployment, settings);
  }

  private ServerProcess launched() {
    List<String> options = new ArrayList<>(List.of("-Xmx512m"));
    deployment
        .programs()
        .clockAgent()
        .ifPresent(agent -> options.add("-javaagent:%s=%s".formatted(agent, clock)));
    return deployment.launch("server-" + number, settings, options);
  }

  public int number() {
    return number;
  }

  /// The same for all servers that ever run here.
  public URI address() {
    return address;
  }

  /// The one to the database.
  public Proxy network() {
    return network;
  }

  /// Ends its server on the spot (SIGKILL), and starts another one after `pause`.
  public void crash(Duration pause) throws Exception {
    away(() -> {
      server.kill();
      Patience.pause(pause);
      restart();
    });
  }

  /// Asks its server to stop (SIGTERM), and starts another one once it has.
  public Stop stopAndStart() throws Exception {
    List<Stop> stops = new ArrayList<>();
    away(() -> {
      long begin = System.nanoTime();
      server.terminate();
      int exitCode = server.awaitExit();
      stops.add(new Stop(exitCode, Duration.ofNanos(System.nanoTime() - begin)));
      restart();
    });
    return stops.getFirst();
  }

  private void restart() throws Exception {
    server = launched();
    // Readiness may take until the database is back, which is not this node's business.
    address = server.awaitListening();
  }

  /// Has its server stand still for so long (SIGSTOP).
  public void sleep(Duration time) throws Exception {
    away(() -> {
      server.sleep();
      try {
        Patience.pause(time);
      } finally {
        server.wake();
      }
    });
  }

  /// Moves its wall clock for so long.
  ///
  /// @param by positive: into the future
  public void moveClock(Duration by, Duration time) throws Exception {
    Files.writeString(clock, Long.toString(by.toMillis()));
    try {
      Patience.pause(time);
    } finally {
      Files.writeString(clock, "0");
    }
  }

  /// For how long between the two nothing could be expected of it; zero if it was there throughout.
  public Duration away(Instant from, Instant to) {
    return absences.between(from, to);
  }

  /// Something that is done to a server.
  private interface Trouble {
    void make() throws Exception;
  }

  private void away(Trouble trouble) throws Exception {
    this.trouble.lock();
    Runnable back = absences.begin(Instant.now());
    try {
      trouble.make();
    } finally {
      back.run();
      this.trouble.unlock();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    network.close();
  }
}
