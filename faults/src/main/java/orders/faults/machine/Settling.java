package orders.faults.machine;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import orders.faults.client.Storefront;
import orders.faults.process.Patience;

/// Lets every order come to its end after the faults are over, with an operator who sees to those
/// that need attention.
final class Settling {
  private static final List<String> LIVE = List.of("pending", "processing", "compensating");
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /// Of the failed orders, so many are started again.
  private static final double RETRIED = 0.3;

  private final Storefront storefront;

  Settling(Storefront storefront) {
    this.storefront = storefront;
  }

  /// @param since only orders that were created after this are of interest, RFC 3339
  /// @return those that are alive still, none if all is well
  List<JsonNode> settle(String since, SplittableRandom random) throws Exception {
    List<JsonNode> left = awaitEnd(since);
    if (!left.isEmpty()) {
      return left;
    }
    for (JsonNode failed : storefront.list("&status=failed&created_from=" + since)) {
      if (random.nextDouble() < RETRIED) {
        retry(failed);
      }
    }
    return awaitEnd(since);
  }

  private List<JsonNode> awaitEnd(String since) throws Exception {
    long start = System.nanoTime();
    while (hasLive(since)) {
      for (JsonNode parked : storefront.list("&needs_attention=true")) {
        retry(parked);
      }
      if (System.nanoTime() - start > PATIENCE.toNanos()) {
        return live(since);
      }
      Patience.pause(BETWEEN_LOOKS);
    }
    return List.of();
  }

  /// A 409 tells that somebody else was faster.
  private void retry(JsonNode order) throws IOException, InterruptedException {
    String id = order.get("id").asText();
    int status = storefront.retry(id).status();
    if (status != 202 && status != 409) {
      throw new IOException("retrying order %s was answered %d".formatted(id, status));
    }
  }

  private boolean hasLive(String since) throws IOException, InterruptedException {
    for (String status : LIVE) {
      if (storefront.hasAny("&status=%s&created_from=%s".formatted(status, since))) {
        return true;
      }
    }
    return false;
  }

  private List<JsonNode> live(String since) throws IOException, InterruptedException {
    List<JsonNode> live = new ArrayList<>();
    for (String status : LIVE) {
      live.addAll(storefront.list("&status=%s&created_from=%s".formatted(status, since)));
    }
    return live;
  }
}
