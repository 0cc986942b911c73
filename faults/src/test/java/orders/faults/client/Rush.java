package orders.faults.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Many clients that place orders at the same time until none are left or the server is gone.
public final class Rush {
  private final Storefront storefront;
  private final Queue<String> toPlace;
  private final Map<String, JsonNode> acknowledged = new ConcurrentHashMap<>();
  private final Map<Integer, AtomicInteger> answers = new ConcurrentHashMap<>();
  private final List<Thread> clients;

  private Rush(Storefront storefront, List<String> orders, int clients) {
    this.storefront = storefront;
    this.toPlace = new ConcurrentLinkedQueue<>(orders);
    this.clients =
        IntStream.range(0, clients)
            .mapToObj(_ -> Thread.ofVirtual().start(this::placeAll))
            .toList();
  }

  public static Rush start(Storefront storefront, List<String> orders, int clients) {
    return new Rush(storefront, orders, clients);
  }

  private void placeAll() {
    try {
      for (String order = toPlace.poll(); order != null; order = toPlace.poll()) {
        Storefront.Answer answer = storefront.place(order);
        answers.computeIfAbsent(answer.status(), _ -> new AtomicInteger()).incrementAndGet();
        if (answer.status() == 201) {
          acknowledged.put(answer.body().get("id").asText(), answer.body());
        }
      }
    } catch (IOException _) {
      // The server is gone; what became of the last order is unknown.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// The orders that were answered with 201, as answered, by id.
  public Map<String, JsonNode> acknowledged() {
    return Map.copyOf(acknowledged);
  }

  /// How often each status code was answered.
  public Map<Integer, Integer> answers() {
    return answers.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().get()));
  }

  public Rush join() throws InterruptedException {
    for (Thread client : clients) {
      client.join();
    }
    return this;
  }
}
