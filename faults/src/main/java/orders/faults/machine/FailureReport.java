package orders.faults.machine;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import orders.faults.client.Storefront;
import orders.faults.plan.Plan;
import orders.faults.process.Deployment;
import orders.faults.promise.Violation;

/// What somebody needs who has to find out why a promise was broken: a page about the first
/// violation, and the tables of the database, beside the logs that are there anyway.
public final class FailureReport {
  private static final List<String> TABLES =
      List.of("orders", "order_lines", "events", "work", "ended");

  private FailureReport() {}

  /// @param machine that ran the plan, not closed yet
  /// @param violations at least one
  /// @return the page
  public static String write(Machine machine, Plan plan, List<Violation> violations)
      throws IOException, InterruptedException {
    Deployment deployment = machine.deployment();
    Path directory = deployment.directory();
    StringBuilder page = new StringBuilder();
    Violation first = violations.getFirst();
    page.append("# %s%n%n".formatted(first));
    page.append("Promised was: %s.%n%n".formatted(first.promise().text()));
    page.append("Seed %d, %d rounds.%n".formatted(plan.seed(), plan.rounds().size()));
    Optional<String> order =
        violations.stream().flatMap(violation -> violation.order().stream()).findFirst();
    if (order.isPresent()) {
      tellIfPossible(machine, order.get(), page);
    }
    page.append("%n## All %d violations%n%n".formatted(violations.size()));
    violations.forEach(violation -> page.append("- %s%n".formatted(violation)));
    page.append("%n## The plan%n%n".formatted());
    plan.rounds().forEach(round -> page.append("- %s%n".formatted(round)));
    Files.writeString(directory.resolve("violation.md"), page);
    for (String table : TABLES) {
      dump(deployment, table, directory.resolve(table + ".txt"));
    }
    return page.toString();
  }

  private static void tellIfPossible(Machine machine, String order, StringBuilder page)
      throws InterruptedException {
    try {
      tell(machine, order, page);
    } catch (IOException | RuntimeException e) {
      page.append("%n%s: no more could be found out: %s%n".formatted(order, e));
    }
  }

  private static void tell(Machine machine, String order, StringBuilder page)
      throws IOException, InterruptedException {
    Storefront storefront = new Storefront(machine.nodes().getFirst().address());
    page.append("%n## The order%n%n    %s%n".formatted(storefront.get("/orders/" + order).text()));
    page.append("%n## Its history%n%n".formatted());
    JsonNode events = storefront.get("/orders/" + order + "/events").body().path("data");
    events.forEach(event -> page.append("    %s%n".formatted(event)));
    page.append("%n## The calls it made%n%n".formatted());
    machine.deployment().partners().calls().stream()
        .filter(call -> call.orderId().equals(order))
        .forEach(call -> page.append("    %s%n".formatted(call)));
  }

  private static void dump(Deployment deployment, String table, Path file) throws IOException {
    try {
      Files.write(file, deployment.database().query("select t::text from " + table + " t"));
    } catch (SQLException e) {
      Files.writeString(file, "could not be read: " + e.getMessage());
    }
  }
}
