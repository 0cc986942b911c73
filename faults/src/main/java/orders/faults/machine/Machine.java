package orders.faults.machine;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import orders.faults.client.ClientLog;
import orders.faults.client.Crowd;
import orders.faults.client.Storefront;
import orders.faults.client.Wish;
import orders.faults.plan.Fault;
import orders.faults.plan.Plan;
import orders.faults.plan.Round;
import orders.faults.process.Deployment;
import orders.faults.process.Node;
import orders.faults.process.Patience;
import orders.faults.process.Programs;
import orders.faults.process.SmallDisk;
import orders.faults.promise.Promise;
import orders.faults.promise.Violation;

/// A deployment of its own, with customers, to which a plan happens round by round. After each
/// round everything is checked from outside.
///
/// Belongs to one thread. Closing it ends all processes and keeps all files.
public final class Machine implements AutoCloseable {
  private final Deployment deployment;
  private final Optional<SmallDisk> disk;
  private final ClientLog log;
  private final List<JsonNode> orders;
  private final List<Node> nodes = new ArrayList<>();
  private final Queue<Violation> violations = new ConcurrentLinkedQueue<>();
  private final Progress progress;
  private final Books books;

  private Machine(
      Deployment deployment,
      Optional<SmallDisk> disk,
      ClientLog log,
      List<JsonNode> orders,
      Progress progress) {
    this.deployment = deployment;
    this.disk = disk;
    this.log = log;
    this.orders = orders;
    this.progress = progress;
    this.books = new Books(deployment);
  }

  /// Starts everything but the servers, which come with the rounds that need them.
  ///
  /// @param directory an empty one, for all that is written
  /// @param database settings of PostgreSQL
  /// @param orders what customers may want
  /// @param progress is told what happens
  public static Machine start(
      Programs programs,
      Path directory,
      Map<String, String> database,
      List<JsonNode> orders,
      Progress progress)
      throws IOException, InterruptedException {
    Path files = Files.createDirectories(directory.resolve("database"));
    Optional<SmallDisk> disk = SmallDisk.mount(files);
    try {
      Deployment deployment = Deployment.start(programs, directory, database, Conditions.PARTNERS);
      ClientLog log = ClientLog.open(directory.resolve("client.jsonl"));
      return new Machine(deployment, disk, log, orders, progress);
    } catch (IOException | InterruptedException | RuntimeException | Error e) {
      if (disk.isPresent()) {
        disk.get().close();
      }
      throw e;
    }
  }

  /// Runs until the plan is over or a promise is broken.
  ///
  /// @return the promises that were broken; none if all is well
  public List<Violation> run(Plan plan) throws Exception {
    for (Round round : plan.rounds()) {
      try {
        run(round);
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception | AssertionError e) {
        // Something did not happen for which there was all the time in the world, or a server did
        // not answer, or not as it should, though nothing was wrong any more.
        violations.add(Violation.of(Promise.P2, "round %d: %s".formatted(round.number(), e)));
      }
      if (!violations.isEmpty()) {
        break;
      }
    }
    return List.copyOf(violations);
  }

  private void run(Round round) throws Exception {
    while (nodes.size() < round.nodes()) {
      nodes.add(Node.start(nodes.size(), deployment, Conditions.SERVER));
    }
    while (nodes.size() > round.nodes()) {
      nodes.removeLast().close();
    }
    progress.begins(round);
    String since = Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
    SplittableRandom random = new SplittableRandom(round.seed());
    try (Crowd crowd =
        Crowd.start("r" + round.number(), orders, nodes, log, random.split(), violations::add)) {
      inject(round);
      Patience.until(
          () -> crowd.tally().acknowledged() >= Conditions.ORDERS,
          () -> Conditions.ORDERS + " acknowledged orders");
      List<Wish> wishes = crowd.finish();
      long begin = System.nanoTime();
      settle(since, random);
      Duration settled = Duration.ofNanos(System.nanoTime() - begin);
      violations.addAll(books.enter(wishes, new Storefront(nodes.getLast().address()), since));
      progress.ended(round, crowd.tally(), settled, books.acknowledged(), violations.size());
    }
  }

  /// Returns once all faults are over and every node is back.
  private void inject(Round round) throws Exception {
    FaultInjector injector =
        new FaultInjector(
            deployment, nodes, disk, Conditions.LEASE, Conditions.SHUTDOWN, violations::add);
    Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    List<Thread> threads = new ArrayList<>();
    for (Fault fault : round.faults()) {
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                try {
                  Patience.pause(fault.after());
                  progress.happened(fault, injector.inject(fault));
                } catch (Exception | AssertionError e) {
                  failures.add(e);
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    if (!failures.isEmpty()) {
      throw new AssertionError(
          "a fault could not be made, or not be made good: " + failures.peek(), failures.peek());
    }
    for (Node node : nodes) {
      Storefront storefront = new Storefront(node.address());
      Patience.until(
          () -> isReady(storefront), () -> "node %d to be ready".formatted(node.number()));
    }
  }

  private static boolean isReady(Storefront storefront) throws InterruptedException {
    try {
      return storefront.get("/health/ready").status() == 200;
    } catch (IOException _) {
      return false;
    }
  }

  private void settle(String since, SplittableRandom random) throws Exception {
    deployment.partners().behave("payment", "{\"refuse_undo_rate\": 0}");
    Settling settling = new Settling(new Storefront(nodes.getFirst().address()));
    settling
        .settle(since, random)
        .forEach(order ->
            violations.add(
                Violation.of(Promise.P2, order.get("id").asText(), "stayed behind: " + order)));
    deployment
        .partners()
        .behave(
            "payment",
            "{\"refuse_undo_rate\": %s}"
                .formatted(Conditions.PARTNERS.get("PAYMENT_REFUSE_UNDO_RATE")));
  }

  /// Where the servers of the last round listen.
  List<Node> nodes() {
    return List.copyOf(nodes);
  }

  Deployment deployment() {
    return deployment;
  }

  /// How many orders were acknowledged so far.
  public long acknowledged() {
    return books.acknowledged();
  }

  @Override
  public void close() throws IOException {
    for (Node node : nodes) {
      node.close();
    }
    deployment.close();
    log.close();
    if (disk.isPresent()) {
      disk.get().close();
    }
  }
}
