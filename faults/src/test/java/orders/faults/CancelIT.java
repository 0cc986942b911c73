package orders.faults;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import orders.faults.client.Storefront;
import orders.faults.client.Superstore;
import orders.faults.process.Deployment;
import orders.faults.process.Patience;
import orders.faults.process.ServerProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A thousand orders, each cancelled at some moment of its life, on either of two nodes.
final class CancelIT {
  private static final int ORDERS = 1_000;
  private static final int AT_ONCE = 48;
  private static final Duration LATENCY = Duration.ofMillis(40);
  private static final Map<String, String> PARTNERS =
      Map.of(
          "CONFIRMATION_LATENCY_MS", "" + LATENCY.toMillis(),
          "PAYMENT_LATENCY_MS", "" + LATENCY.toMillis(),
          "DELIVERY_LATENCY_MS", "" + LATENCY.toMillis());

  private final SplittableRandom random = new SplittableRandom(3);

  @TempDir private Path directory;

  /// When to cancel an order, however fast this machine is.
  ///
  /// @param version that it must have reached: 1 is placed, 5 completed
  /// @param later than that
  private record Moment(int version, Duration later) {}

  /// @param answer to the request to cancel it
  private record Cancelled(String id, int answer) {}

  @Test
  void eachIsCompletedOrCancelledWithEverythingUndoneAsTheAnswerSaid() throws Exception {
    try (Deployment deployment =
        Deployment.start(Project.PROGRAMS, directory, Map.of(), PARTNERS)) {
      ServerProcess one = deployment.launch(Map.of());
      ServerProcess two = deployment.launch(Map.of());
      List<Storefront> nodes =
          List.of(new Storefront(one.awaitReady()), new Storefront(two.awaitReady()));
      List<Cancelled> all = cancelAll(nodes);

      Checks checks = new Checks(nodes.getFirst());
      checks.awaitAllEnded();
      Map<String, JsonNode> stored = checks.allOrders();
      assertThat(stored).hasSize(ORDERS);
      assertThat(all)
          .allSatisfy(order ->
              assertThat(requireNonNull(stored.get(order.id())).get("status").asText())
                  .as("answered %d", order.answer())
                  .isEqualTo(order.answer() == 202 ? "cancelled" : "completed"));
      assertThat(all).filteredOn(order -> order.answer() == 202).hasSizeGreaterThan(ORDERS / 10);
      assertThat(all).filteredOn(order -> order.answer() == 409).hasSizeGreaterThan(ORDERS / 10);
      checks.agreeWith(deployment.partners());
    }
  }

  private List<Cancelled> cancelAll(List<Storefront> nodes) throws Exception {
    Semaphore atOnce = new Semaphore(AT_ONCE);
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Cancelled>> futures = new ArrayList<>();
      for (String order : Superstore.orders(Project.SUPERSTORE).subList(0, ORDERS)) {
        atOnce.acquire();
        Storefront placed = nodes.get(random.nextInt(nodes.size()));
        Storefront cancelled = nodes.get(random.nextInt(nodes.size()));
        Moment moment =
            new Moment(random.nextInt(1, 6), Duration.ofNanos(random.nextLong(LATENCY.toNanos())));
        Callable<Cancelled> client = () -> placeAndCancel(order, placed, cancelled, moment);
        futures.add(
            clients.submit(() -> {
              try {
                return client.call();
              } finally {
                atOnce.release();
              }
            }));
      }
      List<Cancelled> all = new ArrayList<>();
      for (Future<Cancelled> future : futures) {
        all.add(future.get());
      }
      return all;
    }
  }

  private static Cancelled placeAndCancel(
      String order, Storefront placed, Storefront cancelled, Moment moment) throws Exception {
    String id = placed.place(order).body().get("id").asText();
    Patience.until(
        () -> placed.order(id).get("version").asInt() >= moment.version(), () -> id + " to move");
    LockSupport.parkNanos(moment.later().toNanos());
    return new Cancelled(id, cancelled.cancel(id).status());
  }
}
