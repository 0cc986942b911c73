package orders.faults.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Clients that place orders one after another, each under a key of its own, and ask every server
/// in turn until they know what came of it.
///
/// They begin until they are told to [#stop] or have placed all. Safe from any thread.
public final class Load {
  private static final Duration PATIENCE_WITH_ONE_REQUEST = Duration.ofSeconds(25);
  private static final Duration PATIENCE_WITH_ONE_ORDER = Duration.ofMinutes(2);
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(100);

  private final List<Node> nodes;
  private final Queue<String> toPlace;
  private final Map<String, JsonNode> acknowledged = new ConcurrentHashMap<>();
  private final Queue<Try> tries = new ConcurrentLinkedQueue<>();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final AtomicInteger turn = new AtomicInteger();
  private final List<Thread> clients;
  private volatile boolean stopped;

  private record Node(URI address, Storefront storefront) {}

  /// One request to place an order.
  ///
  /// @param took from sending it to having the whole answer, or to giving up
  /// @param answer empty if there was none
  public record Try(
      Instant at, URI node, String key, Duration took, Optional<Storefront.Answer> answer) {
    public boolean isAcknowledged() {
      return answer.isPresent() && answer.get().status() == 201;
    }
  }

  private Load(List<URI> nodes, List<String> orders, int clients) {
    this.nodes =
        nodes.stream()
            .map(node -> new Node(node, new Storefront(node, PATIENCE_WITH_ONE_REQUEST)))
            .toList();
    this.toPlace = new ConcurrentLinkedQueue<>(orders);
    this.clients =
        IntStream.range(0, clients)
            .mapToObj(_ -> Thread.ofVirtual().start(this::placeAll))
            .toList();
  }

  public static Load start(List<URI> nodes, List<String> orders, int clients) {
    return new Load(nodes, orders, clients);
  }

  private void placeAll() {
    try {
      for (String order = toPlace.poll(); order != null && !stopped; order = toPlace.poll()) {
        place(order);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void place(String order) throws InterruptedException {
    String key = UUID.randomUUID().toString();
    Instant start = Instant.now();
    while (Duration.between(start, Instant.now()).compareTo(PATIENCE_WITH_ONE_ORDER) < 0) {
      Try tried = tryOnce(order, key);
      tries.add(tried);
      if (tried.isAcknowledged()) {
        JsonNode answer = tried.answer().orElseThrow().body();
        acknowledged.put(answer.get("id").asText(), answer);
        return;
      }
      LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
    }
    failures.add("the order of the key " + key + " was never acknowledged");
  }

  private Try tryOnce(String order, String key) throws InterruptedException {
    Node node = nodes.get(Math.floorMod(turn.getAndIncrement(), nodes.size()));
    Instant at = Instant.now();
    Optional<Storefront.Answer> answer;
    try {
      answer = Optional.of(node.storefront().place(order, key));
    } catch (IOException _) {
      answer = Optional.empty();
    }
    return new Try(at, node.address(), key, Duration.between(at, Instant.now()), answer);
  }

  /// The orders that were answered with 201, as answered, by id.
  public Map<String, JsonNode> acknowledged() {
    return Map.copyOf(acknowledged);
  }

  /// All requests so far, roughly in the order of their ends.
  public List<Try> tries() {
    return List.copyOf(tries);
  }

  /// How many different keys were sent.
  public int keys() {
    return tries.stream().map(Try::key).collect(Collectors.toSet()).size();
  }

  /// Has the clients begin no other order, and waits until each knows what came of its last.
  ///
  /// @throws AssertionError if they did not find out
  public Load stop() throws InterruptedException {
    stopped = true;
    return join();
  }

  /// Waits until all orders are acknowledged.
  ///
  /// @throws AssertionError if they are not
  public Load join() throws InterruptedException {
    for (Thread client : clients) {
      client.join();
    }
    if (!failures.isEmpty()) {
      throw new AssertionError(String.join("\n", failures));
    }
    return this;
  }
}
