package orders.faults.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Any number of servers on one PostgreSQL, with the partner simulator for partners. Closing it
/// ends them all. Safe from any thread.
public final class Deployment implements AutoCloseable {
  private final Programs programs;
  private final Path directory;
  private final PostgresServer database;
  private final SimulatorProcess partners;
  private final Queue<ServerProcess> servers = new ConcurrentLinkedQueue<>();

  private Deployment(
      Programs programs, Path directory, PostgresServer database, SimulatorProcess partners) {
    this.programs = programs;
    this.directory = directory;
    this.database = database;
    this.partners = partners;
  }

  /// Starts the database and the partners, and no server yet.
  ///
  /// @param directory for all that they write
  /// @param database settings of PostgreSQL
  /// @param behaviour of the partners at first, as settings of the simulator
  public static Deployment start(
      Programs programs,
      Path directory,
      Map<String, String> database,
      Map<String, String> behaviour)
      throws IOException, InterruptedException {
    PostgresServer postgres = PostgresServer.start(directory.resolve("database"), database);
    try {
      SimulatorProcess partners =
          SimulatorProcess.start(
              programs.partnerSimulator(), directory.resolve("partners.jsonl"), behaviour);
      return new Deployment(programs, directory, postgres, partners);
    } catch (InterruptedException | RuntimeException | Error e) {
      postgres.close();
      throw e;
    }
  }

  public Programs programs() {
    return programs;
  }

  public Path directory() {
    return directory;
  }

  public PostgresServer database() {
    return database;
  }

  public SimulatorProcess partners() {
    return partners;
  }

  /// Starts one more server, one that lives for a minute, without waiting for it.
  ///
  /// @param settings on top of those that lead it to the database and to the partners
  public ServerProcess launch(Map<String, String> settings) {
    return launchWith(ServerProcess.briefOptions(programs.server()), "server", settings);
  }

  /// The same for one that lives for long, with a name, which its log gets, and with further
  /// options for its JVM.
  public ServerProcess launch(String name, Map<String, String> settings, List<String> options) {
    List<String> all = new ArrayList<>(ServerProcess.usualOptions(programs.server()));
    all.addAll(options);
    return launchWith(all, name, settings);
  }

  private ServerProcess launchWith(
      List<String> options, String name, Map<String, String> settings) {
    Map<String, String> environment = new HashMap<>(partners.settings());
    environment.put("DATABASE_URL", database.url());
    environment.putAll(settings);
    ServerProcess server =
        ServerProcess.launch(programs.server(), directory.resolve(name), environment, options);
    servers.removeIf(old -> !old.isAlive());
    servers.add(server);
    return server;
  }

  @Override
  public void close() throws IOException {
    servers.forEach(ServerProcess::close);
    partners.close();
    database.close();
  }
}
