package orders.faults.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
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
  /// @param behaviour of the partners at first, as settings of the simulator
  public static Deployment start(Programs programs, Path directory, Map<String, String> behaviour)
      throws IOException, InterruptedException {
    PostgresServer database = PostgresServer.start(directory.resolve("database"), Map.of());
    try {
      SimulatorProcess partners =
          SimulatorProcess.start(
              programs.partnerSimulator(), directory.resolve("partners.jsonl"), behaviour);
      return new Deployment(programs, directory, database, partners);
    } catch (InterruptedException | RuntimeException | Error e) {
      database.close();
      throw e;
    }
  }

  public PostgresServer database() {
    return database;
  }

  public SimulatorProcess partners() {
    return partners;
  }

  /// Starts one more server, without waiting for it.
  ///
  /// @param settings on top of those that lead it to the database and to the partners
  public ServerProcess launch(Map<String, String> settings) {
    Map<String, String> environment = new HashMap<>(partners.settings());
    environment.put("DATABASE_URL", database.url());
    environment.putAll(settings);
    ServerProcess server =
        ServerProcess.launch(programs.server(), directory.resolve("server"), environment);
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
