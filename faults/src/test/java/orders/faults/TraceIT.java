package orders.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import orders.faults.client.Storefront;
import orders.faults.process.Deployment;
import orders.faults.process.PartnerCall;
import orders.faults.process.Patience;
import orders.faults.process.ServerProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A request's trace is that of all that is done for its order, whichever node does it.
final class TraceIT {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String TRACEPARENT = "00-" + TRACE + "-00f067aa0ba902b7-01";
  private static final String ORDER =
      """
      {"customer_id": "me", "items": [{"sku": "pizza", "quantity": 2, "unit_price": 1250}]}
      """;
  private static final Map<String, String> SETTINGS =
      Map.of("LEASE_SECONDS", "1", "BACKOFF_MS", "100", "BREAKER_SECONDS", "1");

  @TempDir private Path directory;

  @Test
  void aTraceGoesOnOverACrashToTheOtherNodesPartnersAndIntoItsLog() throws Exception {
    try (Deployment deployment =
        Deployment.start(
            Project.PROGRAMS, directory, Map.of(), Map.of("DELIVERY_DECLINE_RATE", "1"))) {
      deployment.partners().behave("payment", "{\"down\": true}");
      ServerProcess first = deployment.launch("first", SETTINGS, List.of());
      String path = place(first.awaitReady());
      String id = path.substring(path.lastIndexOf('/') + 1);
      Patience.until(
          () -> !deployment.partners().calls().isEmpty(), () -> "the order to be confirmed");
      first.kill();
      ServerProcess second = deployment.launch("second", SETTINGS, List.of());
      Storefront storefront = new Storefront(second.awaitReady());
      deployment.partners().behave("payment", "{\"down\": false}");
      Patience.until(
          () -> storefront.order(id).get("status").asText().equals("failed"),
          () -> "the order to be declined and undone");

      second.awaitOutput(
          "DELIVERY declined; its history says why trace_id=%s order_id=%s".formatted(TRACE, id));
      List<PartnerCall> calls = deployment.partners().calls();
      assertThat(calls)
          .extracting(PartnerCall::step)
          .contains("confirmation", "payment", "delivery");
      assertThat(calls)
          .extracting(PartnerCall::traceparent)
          .doesNotHaveDuplicates()
          .doesNotContain(TRACEPARENT)
          .allMatch(header -> header.startsWith("00-" + TRACE + "-") && header.endsWith("-01"));
    }
  }

  /// @return where the order is
  private static String place(URI server) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<Void> answer =
          client.send(
              HttpRequest.newBuilder(server.resolve("/orders"))
                  .header("Content-Type", "application/json")
                  .header("traceparent", TRACEPARENT)
                  .POST(BodyPublishers.ofString(ORDER))
                  .build(),
              BodyHandlers.discarding());
      return answer.headers().firstValue("Location").orElseThrow();
    }
  }
}
