package orders.faults.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import orders.faults.process.Node;
import orders.faults.process.Patience;
import orders.faults.promise.Violation;

/// Many customers at the same time, each with one wish after another, from the start until
/// [#finish]. Closing it has them want nothing more, without waiting for what they want already.
/// Safe from any thread.
public final class Crowd implements AutoCloseable {
  private static final int CUSTOMERS = 32;

  /// What a customer does between two wishes, on average half of it.
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(100);

  private final String name;
  private final List<JsonNode> orders;
  private final List<WatchedNode> nodes;
  private final Consumer<Violation> violations;
  private final Tally tally = new Tally();
  private final Queue<Wish> wishes = new ConcurrentLinkedQueue<>();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final List<Thread> customers = new ArrayList<>();
  private volatile boolean finishing;

  private Crowd(
      String name, List<JsonNode> orders, List<WatchedNode> nodes, Consumer<Violation> violations) {
    this.name = name;
    this.orders = orders;
    this.nodes = nodes;
    this.violations = violations;
  }

  /// @param name with which every key begins
  /// @param orders what they want, in turn
  /// @param violations gets what no promise allows; from any thread
  public static Crowd start(
      String name,
      List<JsonNode> orders,
      List<Node> nodes,
      ClientLog log,
      SplittableRandom random,
      Consumer<Violation> violations) {
    List<WatchedNode> watched =
        nodes.stream().map(node -> new WatchedNode(node, log, violations)).toList();
    Crowd crowd = new Crowd(name, orders, watched, violations);
    for (int i = 0; i < CUSTOMERS; i++) {
      int number = i;
      SplittableRandom own = random.split();
      crowd.customers.add(Thread.ofVirtual().start(() -> crowd.live(number, own)));
    }
    return crowd;
  }

  private void live(int number, SplittableRandom random) {
    Customer customer = new Customer(nodes, random, tally, violations);
    try {
      for (int count = 0; !finishing; count++) {
        JsonNode order = orders.get(random.nextInt(orders.size()));
        Wish wish = new Wish("%s-%d-%d".formatted(name, number, count), order);
        wishes.add(wish);
        customer.pursue(wish);
        Patience.pause(Duration.ofNanos(random.nextLong(LONGEST_PAUSE.toNanos())));
      }
    } catch (Exception | AssertionError e) {
      failures.add(e);
    }
  }

  public Tally tally() {
    return tally;
  }

  /// Has every customer pursue its last wish to the end, and no other.
  ///
  /// @return all wishes; each is acknowledged
  /// @throws AssertionError if a customer gave up
  public List<Wish> finish() throws InterruptedException {
    close();
    for (Thread customer : customers) {
      customer.join();
    }
    if (!failures.isEmpty()) {
      throw new AssertionError("a customer gave up: " + failures.peek(), failures.peek());
    }
    return List.copyOf(wishes);
  }

  @Override
  public void close() {
    finishing = true;
  }
}
