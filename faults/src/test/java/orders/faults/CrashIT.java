package orders.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import orders.faults.client.Load;
import orders.faults.client.Storefront;
import orders.faults.client.Superstore;
import orders.faults.process.Deployment;
import orders.faults.process.Patience;
import orders.faults.process.PostgresServer;
import orders.faults.process.ServerProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One of two nodes is killed under load: the other goes on, and takes over what it held.
final class CrashIT {
  private static final Duration LEASE = Duration.ofSeconds(4);
  private static final Duration MORE = Duration.ofSeconds(2);
  private static final Map<String, String> SETTINGS =
      Map.of("LEASE_SECONDS", "" + LEASE.toSeconds(), "BACKOFF_MS", "100");
  private static final Map<String, String> PARTNERS =
      Map.of(
          "CONFIRMATION_LATENCY_MS", "100",
          "PAYMENT_LATENCY_MS", "50",
          "DELIVERY_LATENCY_MS", "100");

  @TempDir private Path directory;

  @Test
  void theOtherNodeNeverPausesAndTakesOverWithinTheLeaseAndTwoSeconds() throws Exception {
    List<String> orders = Superstore.orders(Project.SUPERSTORE);
    try (Deployment deployment =
        Deployment.start(Project.PROGRAMS, directory, Map.of(), PARTNERS)) {
      ServerProcess doomed = deployment.launch(SETTINGS);
      ServerProcess other = deployment.launch(SETTINGS);
      URI survivor = other.awaitReady();
      Load load = Load.start(List.of(doomed.awaitReady(), survivor), orders, 4);
      Patience.until(() -> load.acknowledged().size() >= 500, () -> "500 acknowledgements");

      Instant killed = Instant.now();
      doomed.kill();
      List<String> orphans = heldBy(doomed, deployment.database());
      assertThat(orphans).isNotEmpty();
      Instant deadline = killed.plus(LEASE).plus(MORE);
      Patience.until(() -> Instant.now().isAfter(deadline), () -> "the deadline");
      load.stop();

      Storefront storefront = new Storefront(survivor);
      Checks checks = new Checks(storefront);
      checks.awaitAllEnded();
      checks.areCompletedAsAcknowledged(checks.allOrders(), load.acknowledged());
      checks.agreeWith(deployment.partners());
      assertThat(orphans)
          .allSatisfy(orphan ->
              assertThat(firstMoveAfter(killed, storefront.events(orphan))).isBefore(deadline));
      assertThat(longestPause(killed, deadline, placedAndMoved(storefront, load)))
          .isLessThan(LEASE.dividedBy(2));
      assertThat(load.tries())
          .filteredOn(tried -> tried.node().equals(survivor))
          .allMatch(Load.Try::isAcknowledged);
    }
  }

  private static List<String> heldBy(ServerProcess node, PostgresServer database) throws Exception {
    return database.query(
        "select order_id from work where lease_until is not null and owner like '%%:%d'"
            .formatted(node.pid()));
  }

  private static Instant firstMoveAfter(Instant time, List<JsonNode> events) {
    return times(events).stream().filter(time::isBefore).findFirst().orElse(Instant.MAX);
  }

  private static List<Instant> placedAndMoved(Storefront storefront, Load load) throws Exception {
    List<Instant> times = new ArrayList<>();
    for (String id : load.acknowledged().keySet()) {
      times.addAll(times(storefront.events(id)));
    }
    return times;
  }

  private static List<Instant> times(List<JsonNode> events) {
    return events.stream().map(event -> Instant.parse(event.get("at").asText())).toList();
  }

  private static Duration longestPause(Instant from, Instant to, List<Instant> times) {
    Duration longest = Duration.ZERO;
    Instant last = from;
    for (Instant time : times.stream().sorted().toList()) {
      if (time.isAfter(from) && time.isBefore(to)) {
        Duration pause = Duration.between(last, time);
        longest = pause.compareTo(longest) > 0 ? pause : longest;
        last = time;
      }
    }
    return longest;
  }
}
