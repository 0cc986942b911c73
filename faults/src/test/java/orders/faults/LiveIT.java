package orders.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import orders.faults.client.Storefront;
import orders.faults.client.Superstore;
import orders.faults.process.Deployment;
import orders.faults.process.ServerProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Streams of events over two nodes on one database.
@Timeout(180)
final class LiveIT {
  private static final Duration A_MOMENT = Duration.ofSeconds(5);
  private static final int ORDERS = 10;
  private static final Pattern AT = Pattern.compile("\"at\":\"([^\"]+)\"");
  private static final Pattern ORDER = Pattern.compile("\"order_id\":\"([^\"]+)\"");

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @TempDir private Path directory;

  private record Told(String id, String type, String data, Instant heard) {
    String group(Pattern pattern) {
      Matcher matcher = pattern.matcher(data);
      assertThat(matcher.find()).isTrue();
      return matcher.group(1);
    }

    /// The clocks of all processes here are the same.
    void assertPrompt() {
      assertThat(Duration.between(Instant.parse(group(AT)), heard)).isLessThan(A_MOMENT);
    }
  }

  private final class Stream implements AutoCloseable {
    private final BufferedReader lines;
    private String id = "";

    private Stream(URI server, String path, String after) throws Exception {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(server.resolve(path)).header("Accept", "text/event-stream");
      if (!after.isEmpty()) {
        request.header("Last-Event-ID", after);
      }
      HttpResponse<InputStream> response = http.send(request.build(), BodyHandlers.ofInputStream());
      assertThat(response.statusCode()).isEqualTo(200);
      lines = new BufferedReader(new InputStreamReader(response.body(), UTF_8));
    }

    private List<Told> next(int count) throws IOException {
      List<Told> told = new ArrayList<>();
      String type = "";
      while (told.size() < count) {
        String line = lines.readLine();
        if (line == null) {
          return told;
        } else if (line.startsWith("id: ")) {
          id = line.substring(4);
        } else if (line.startsWith("event: ")) {
          type = line.substring(7);
        } else if (line.startsWith("data: ")) {
          told.add(new Told(id, type, line.substring(6), Instant.now()));
        }
      }
      return told;
    }

    /// Waits until the client is told where the stream begins.
    private void awaitStart() throws IOException {
      while (id.isEmpty()) {
        String line = lines.readLine();
        assertThat(line).isNotNull();
        if (line.startsWith("id: ")) {
          id = line.substring(4);
        }
      }
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }

  private static List<String> place(URI node, List<String> orders) throws Exception {
    List<String> ids = new ArrayList<>();
    for (String order : orders) {
      ids.add(new Storefront(node).place(order).body().get("id").asText());
    }
    return ids;
  }

  @Test
  void whatHappensOnOneNodeIsToldOnTheOtherAndAStreamGoesOnOnAnyOfThemAlsoAfterACrash()
      throws Exception {
    List<String> orders = Superstore.orders(Project.SUPERSTORE).subList(0, ORDERS);
    try (Deployment deployment =
        Deployment.start(
            Project.PROGRAMS,
            directory,
            Map.of(),
            Map.of(
                "CONFIRMATION_LATENCY_MS", "300",
                "PAYMENT_LATENCY_MS", "100",
                "DELIVERY_LATENCY_MS", "100"))) {
      ServerProcess one = deployment.launch(Map.of());
      ServerProcess two = deployment.launch(Map.of());
      URI first = one.awaitReady();
      URI second = two.awaitReady();
      List<Told> all;
      List<String> ids;
      try (Stream feed = new Stream(second, "/events", "")) {
        feed.awaitStart();
        ids = place(first, orders);
        for (String id : ids) {
          try (Stream order = new Stream(second, "/orders/" + id + "/events", "")) {
            List<Told> told = order.next(99);
            assertThat(told).extracting(Told::id).containsExactly("1", "2", "3", "4", "5");
            assertThat(told.getLast().type()).isEqualTo("completed");
            told.getLast().assertPrompt();
          }
        }
        all = feed.next(5 * ORDERS);
      }
      all.forEach(Told::assertPrompt);
      for (String id : ids) {
        assertThat(all.stream().filter(told -> told.group(ORDER).equals(id)))
            .extracting(Told::type)
            .containsExactly("placed", "step_done", "step_done", "step_done", "completed");
      }
      assertGoesOnEverywhere(first, all);

      two.kill();
      URI third = deployment.launch(Map.of()).awaitReady();
      assertGoesOnEverywhere(third, all);
      try (Stream feed = new Stream(third, "/events", all.getLast().id())) {
        String id = place(first, orders.subList(0, 1)).getFirst();
        assertThat(feed.next(5)).extracting(told -> told.group(ORDER)).containsOnly(id);
      }

      // An open stream ends as it should when its server stops.
      try (Stream feed = new Stream(third, "/events", "");
          Stream other = new Stream(first, "/events", "")) {
        feed.awaitStart();
        other.awaitStart();
        one.terminate();
        assertThat(other.next(1)).isEmpty();
        assertThat(one.awaitExit()).isZero();
      }
    }
  }

  private void assertGoesOnEverywhere(URI node, List<Told> all) throws Exception {
    for (int i = 0; i < all.size() - 1; i++) {
      try (Stream feed = new Stream(node, "/events", all.get(i).id())) {
        assertThat(feed.next(all.size() - 1 - i))
            .extracting(Told::data)
            .isEqualTo(all.subList(i + 1, all.size()).stream().map(Told::data).toList());
      }
    }
  }
}
