package orders.bootstrap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import orders.postgres.Sharing;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The figures of a real server, after things happened to it that can be counted.
final class MetricsTest {
  private static final String ORDER =
      """
      {"customer_id": "me", "items": [{"sku": "pizza", "quantity": %d, "unit_price": 1250}]}
      """;

  @TempDir private static Path directory;
  private static OrdersServer server;
  private static final HttpClient client = HttpClient.newHttpClient();

  @BeforeAll
  static void start() throws Exception {
    server = launched(Map.of("DATA_DIR", directory.toString()));
    assertThat(server.becomeReady()).isTrue();
  }

  private static OrdersServer launched(Map<String, String> settings) throws Exception {
    Map<String, String> all =
        new HashMap<>(
            Map.of(
                "PORT", "0",
                "SIMULATED_CONFIRMATION_MS", "2",
                "SIMULATED_PAYMENT_MS", "2",
                "SIMULATED_DELIVERY_MS", "2",
                "SIMULATED_ERROR_RATE", "0.3",
                "SIMULATED_DECLINE_RATE", "0.2",
                "BACKOFF_MS", "1",
                "BREAKER_FAILURES", "1000"));
    all.putAll(settings);
    return OrdersServer.start(Settings.read(all), Sharing.USUAL);
  }

  @AfterAll
  static void stop() {
    server.stop(Duration.ofSeconds(10));
    client.close();
  }

  private static MetricsPage page() throws IOException, InterruptedException {
    return MetricsPage.read(client, server.address());
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString(UTF_8));
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server.address() + path));
  }

  private static HttpResponse<String> place(String key, int quantity)
      throws IOException, InterruptedException {
    return send(
        request("/orders")
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofString(ORDER.formatted(quantity))));
  }

  /// Figures of the database may be some seconds old.
  private static MetricsPage await(Predicate<MetricsPage> condition)
      throws IOException, InterruptedException {
    Instant end = Instant.now().plusSeconds(30);
    MetricsPage page = page();
    while (!condition.test(page)) {
      assertThat(Instant.now()).as("in time").isBefore(end);
      page = page();
    }
    return page;
  }

  private static double ended(MetricsPage page) {
    return page.sum("orders_events_total", "type=\"completed\"")
        + page.sum("orders_events_total", "type=\"failed\"");
  }

  @Test
  void ordersAreCountedFromTheirPlacingToTheirEnd() throws Exception {
    MetricsPage before = page();
    for (int i = 0; i < 60; i++) {
      assertThat(place("order-" + i, 1).statusCode()).isEqualTo(201);
    }
    assertThat(place("order-0", 1).statusCode()).isEqualTo(201);
    assertThat(place("order-0", 2).statusCode()).isEqualTo(422);

    MetricsPage page = await(it -> ended(it) - ended(before) == 60 && it.sum("orders_live") == 0);

    assertThat(page.sum("orders_placed_total", "outcome=\"new\"")).isEqualTo(60);
    assertThat(page.sum("orders_placed_total", "outcome=\"repeated\"")).isEqualTo(1);
    assertThat(page.sum("orders_placed_total", "outcome=\"key_taken\"")).isEqualTo(1);
    assertThat(page.sum("orders_events_total", "type=\"placed\"")).isEqualTo(60);
    assertThat(page.sum("orders_events_total", "type=\"step_declined\"")).isPositive();
    double performed = page.sum("orders_partner_calls_total", "call=\"perform\"");
    double undone = page.sum("orders_partner_calls_total", "call=\"undo\"");
    assertThat(page.sum("orders_partner_calls_total", "outcome=\"done\"", "call=\"perform\""))
        .isEqualTo(page.sum("orders_events_total", "type=\"step_done\""));
    assertThat(page.sum("orders_partner_calls_total", "outcome=\"declined\""))
        .isEqualTo(page.sum("orders_events_total", "type=\"step_declined\""));
    assertThat(page.sum("orders_partner_calls_total", "outcome=\"done\"", "call=\"undo\""))
        .isEqualTo(page.sum("orders_events_total", "type=\"step_undone\""));
    assertThat(page.sum("orders_partner_call_duration_seconds_count"))
        .isEqualTo(performed + undone);
    assertThat(page.sum("orders_partner_call_duration_seconds_sum"))
        .isGreaterThan((performed + undone) * 0.002);
    assertThat(page.sum("orders_retries_total", "call=\"perform\""))
        .isPositive()
        .isEqualTo(page.sum("orders_events_total", "type=\"step_failed\""));
    assertThat(page.sum("orders_retries_total", "call=\"undo\""))
        .isEqualTo(page.sum("orders_events_total", "type=\"undo_failed\""));
    assertThat(page.sum("orders_commit_batch_size_sum", "kind=\"place\"")).isEqualTo(62);
    assertThat(page.sum("orders_commit_duration_seconds_count", "kind=\"place\""))
        .isEqualTo(page.sum("orders_commit_batch_size_count", "kind=\"place\""));
    assertThat(page.sum("orders_claimed_total")).isPositive();
  }

  @Test
  void requestsAreCountedByTheirRoutes() throws Exception {
    double before =
        page().sum("orders_http_request_duration_seconds_count", "route=\"/orders/{id}\"");
    for (int i = 0; i < 3; i++) {
      assertThat(send(request("/orders/nothing-" + i)).statusCode()).isEqualTo(404);
      assertThat(send(request("/hidden-" + i + "/secret")).statusCode()).isEqualTo(404);
    }
    send(request("/hidden").method("BREW", BodyPublishers.noBody()));

    MetricsPage page =
        await(it -> it.has("orders_http_request_duration_seconds_count", "method=\"other\""));

    assertThat(
            page.sum(
                    "orders_http_request_duration_seconds_count",
                    "method=\"GET\"",
                    "route=\"/orders/{id}\"",
                    "status=\"404\"")
                - before)
        .isEqualTo(3);
    assertThat(
            page.sum(
                "orders_http_request_duration_seconds_count",
                "method=\"GET\"",
                "route=\"none\"",
                "status=\"404\""))
        .isEqualTo(3);
    assertThat(page.samples().keySet())
        .noneMatch(sample -> sample.contains("hidden") || sample.contains("nothing-"));
    assertThat(page.has("orders_http_request_duration_seconds_bucket", "le=\"0.05\"")).isTrue();
  }

  @Test
  void theStateOfTheNodeIsLookedAt() throws Exception {
    // Once what others placed has ended.
    MetricsPage page = await(each -> each.sum("orders_slots_free") == 356);
    assertThat(page.sum("orders_workers_max")).isEqualTo(256);
    assertThat(page.sum("orders_slots_max")).isEqualTo(356);
    assertThat(page.has("orders_workers_busy")).isTrue();
    assertThat(page.sum("orders_stale_writes_total")).isZero();
    assertThat(page.sum("orders_leases_lost_total")).isZero();
    assertThat(page.sum("orders_breaker_state", "state=\"closed\"")).isEqualTo(3);
    assertThat(page.sum("orders_breaker_state")).isEqualTo(3);
    assertThat(page.sum("orders_partner_calls_max", "step=\"payment\"")).isEqualTo(128);
    assertThat(page.has("orders_partner_turned_away_total", "reason=\"limit\"")).isTrue();
    assertThat(page.sum("orders_database_connections_max", "pool=\"shared\"")).isEqualTo(10);
    assertThat(page.sum("orders_database_connections", "pool=\"figures\"")).isEqualTo(1);
    assertThat(page.sum("orders_database_connection_timeouts_total")).isZero();
    assertThat(page.sum("orders_database_up")).isEqualTo(1);
    assertThat(page.sum("orders_node_ready")).isEqualTo(1);
    assertThat(page.sum("orders_build_info")).isEqualTo(1);
    assertThat(page.names())
        .contains(
            "jvm_memory_used_bytes",
            "jvm_threads_live_threads",
            "process_cpu_usage",
            "process_files_open_files",
            "process_files_max_files",
            "process_start_time_seconds",
            "process_uptime_seconds");
  }

  @Test
  void collectionsOfGarbageAreCounted() throws Exception {
    var _ = page();
    System.gc();
    assertThat(await(it -> it.has("jvm_gc_pause_seconds_count")).sum("jvm_gc_pause_seconds_count"))
        .isPositive();
  }

  @Test
  void aPartnerThatFailsIsSeenWithItsBreaker() throws Exception {
    OrdersServer other =
        launched(
            Map.of(
                "DATA_DIR", directory.resolve("other").toString(),
                "SIMULATED_ERROR_RATE", "1",
                "BREAKER_FAILURES", "3",
                "BREAKER_SECONDS", "600"));
    try {
      assertThat(other.becomeReady()).isTrue();
      for (int i = 0; i < 10; i++) {
        client.send(
            HttpRequest.newBuilder(URI.create(other.address() + "/orders"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(ORDER.formatted(1)))
                .build(),
            BodyHandlers.discarding());
      }
      Instant end = Instant.now().plusSeconds(30);
      MetricsPage page = MetricsPage.read(client, other.address());
      while (page.sum("orders_partner_turned_away_total", "reason=\"breaker\"") == 0
          || page.sum("orders_live", "status=\"processing\"") < 10) {
        assertThat(Instant.now()).as("in time").isBefore(end);
        page = MetricsPage.read(client, other.address());
      }
      assertThat(page.sum("orders_breaker_state", "state=\"open\"", "step=\"confirmation\""))
          .isEqualTo(1);
      assertThat(page.sum("orders_breaker_state", "state=\"open\"")).isEqualTo(1);
      assertThat(page.sum("orders_partner_calls_total", "outcome=\"error\""))
          .isGreaterThanOrEqualTo(3);
      assertThat(page.sum("orders_live_oldest_age_seconds")).isPositive();
    } finally {
      other.stop(Duration.ofSeconds(10));
    }
  }

  @Test
  void withoutADatabaseTheFiguresComeAtOnce() throws Exception {
    OrdersServer lonely =
        launched(Map.of("DATABASE_URL", "postgresql://nobody:nothing@127.0.0.1:1/none"));
    try {
      long begin = System.nanoTime();
      MetricsPage page = MetricsPage.read(client, lonely.address());
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
      assertThat(page.sum("orders_database_up")).isZero();
      assertThat(page.sum("orders_node_ready")).isZero();
      assertThat(page.sum("orders_live")).isNaN();
      assertThat(page.sum("orders_queue_oldest_age_seconds")).isNaN();
      assertThat(page.has("jvm_memory_used_bytes")).isTrue();
    } finally {
      lonely.stop(Duration.ofSeconds(5));
    }
  }
}
