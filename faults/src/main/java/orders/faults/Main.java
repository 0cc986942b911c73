package orders.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import orders.faults.client.Superstore;
import orders.faults.machine.ConsoleProgress;
import orders.faults.machine.FailureReport;
import orders.faults.machine.Machine;
import orders.faults.plan.Plan;
import orders.faults.process.RunDirectory;
import orders.faults.promise.Violation;

/// Runs the fault machine. See the README of this module.
public final class Main {
  /// Of the page about a failure, whose most telling part comes first.
  private static final int LINES_SHOWN = 60;

  private Main() {}

  public static void main(String[] arguments) throws Exception {
    // The library that starts PostgreSQL logs nothing that matters here.
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    try {
      System.exit(run(RunSettings.read(System.getenv())) ? 0 : 1);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    }
  }

  /// @return whether every promise was kept
  private static boolean run(RunSettings settings) throws Exception {
    Path server = settings.programs().server();
    if (!Files.isReadable(server)) {
      throw new IllegalArgumentException(server + " cannot be read; set SERVER to a server's jar");
    }
    Path directory = RunDirectory.empty(settings.directory());
    Plan plan = Plan.draw(settings.seed(), settings.rounds());
    System.out.printf(
        "%d rounds of seed %d, all files in %s%n", settings.rounds(), plan.seed(), directory);
    ConsoleProgress progress = new ConsoleProgress(System.out, settings.rounds());
    try (Machine machine =
        Machine.start(
            settings.programs(),
            directory,
            settings.database(),
            orders(settings.orders()),
            progress)) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(machine)));
      List<Violation> violations = machine.run(plan);
      progress.sumUp();
      if (!violations.isEmpty()) {
        String page = FailureReport.write(machine, plan, violations);
        page.lines().limit(LINES_SHOWN).forEach(System.out::println);
        System.out.printf(
            "%d violations with seed %d; all there is to know is in %s%n",
            violations.size(), plan.seed(), directory);
        return false;
      }
      System.out.printf("%,d orders, no promise broken%n", machine.acknowledged());
      return true;
    }
  }

  /// Whoever interrupts a run must not have to look for its processes.
  private static void end(Machine machine) {
    try {
      machine.close();
    } catch (IOException e) {
      System.err.println("not everything could be ended: " + e.getMessage());
    }
  }

  static List<JsonNode> orders(Path file) {
    ObjectMapper json = new ObjectMapper();
    List<JsonNode> orders = new ArrayList<>();
    try {
      for (String order : Superstore.orders(file)) {
        orders.add(json.readTree(order));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return orders;
  }
}
