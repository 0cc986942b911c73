package orders.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import orders.postgres.Sharing;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/// That what Prometheus, Grafana and their documentation look for is there.
final class MonitoringFilesTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern FIGURE =
      Pattern.compile("\\b((?:orders|jvm|process|system)_[a-z0-9_]+|up)\\b(\\{[^}]*})?");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=(~?)\"([^\"]*)\"");

  /// Made by Prometheus itself.
  private static final String UP = "up";

  @TempDir private static Path directory;
  private static MetricsPage page;

  /// The page of a server that has seen an order and has collected garbage.
  @BeforeAll
  static void read() throws Exception {
    OrdersServer server =
        OrdersServer.start(
            Settings.read(Map.of("PORT", "0", "DATA_DIR", directory.toString())), Sharing.USUAL);
    try (HttpClient client = HttpClient.newHttpClient()) {
      assertThat(server.becomeReady()).isTrue();
      client.send(
          HttpRequest.newBuilder(URI.create(server.address() + "/orders"))
              .POST(BodyPublishers.ofString("{}"))
              .build(),
          BodyHandlers.discarding());
      page = MetricsPage.read(client, server.address());
      System.gc();
      while (!page.has("jvm_gc_pause_seconds_count")
          || !page.has("orders_http_request_duration_seconds_count")) {
        page = MetricsPage.read(client, server.address());
      }
    } finally {
      server.stop(Duration.ofSeconds(10));
    }
  }

  private static String text(String file) throws IOException {
    return Files.readString(ROOT.resolve(file));
  }

  /// JSON is YAML too.
  private static Node parse(String file) throws IOException {
    return new Node(new Yaml().load(text(file)));
  }

  /// Something in a parsed file.
  private record Node(Object value) {
    /// @param path names and indexes
    Node at(Object... path) {
      Object there = value;
      for (Object step : path) {
        Object next =
            step instanceof Integer index
                ? ((List<?>) there).get(index)
                : ((Map<?, ?>) there).get(step);
        there = Objects.requireNonNull(next, () -> step + " of " + List.of(path));
      }
      return new Node(there);
    }

    boolean has(String name) {
      return ((Map<?, ?>) value).containsKey(name);
    }

    List<Node> list() {
      return ((List<?>) value).stream().<Node>map(Node::new).toList();
    }

    Set<String> names() {
      return ((Map<?, ?>) value)
          .keySet().stream().map(String::valueOf).collect(Collectors.toCollection(TreeSet::new));
    }

    String text() {
      return value.toString();
    }
  }

  /// Every figure in `expression` exists, with each label and each of its values.
  private static void assertIsThere(String expression) {
    List<MatchResult> figures = FIGURE.matcher(expression).results().toList();
    assertThat(figures).as(expression).isNotEmpty();
    for (MatchResult figure : figures) {
      String name = figure.group(1);
      if (name.equals(UP)) {
        continue;
      }
      assertThat(page.names()).as(expression).contains(name);
      String labels = figure.group(2) == null ? "" : figure.group(2);
      LABEL
          .matcher(labels)
          .results()
          .forEach(label -> {
            boolean isPattern = !label.group(2).isEmpty();
            for (String value : label.group(3).split("\\|", -1)) {
              String written = label.group(1) + "=\"" + (isPattern ? "" : value + "\"");
              if (!isPattern || value.contains(".")) {
                assertThat(value.contains(".") || page.has(name, written)).as(expression).isTrue();
              } else {
                assertThat(page.has(name, label.group(1) + "=\"" + value + "\""))
                    .as("%s of %s", value, expression)
                    .isTrue();
              }
            }
          });
    }
    // Labels that are grouped by.
    Pattern.compile("\\b(?:by|ignoring) \\(([^)]*)\\)")
        .matcher(expression)
        .results()
        .flatMap(by -> Stream.of(by.group(1).split(", ", -1)))
        .filter(label -> !label.equals("instance"))
        .forEach(label ->
            assertThat(page.samples().keySet())
                .as("%s in %s", label, expression)
                .anyMatch(sample ->
                    figures.stream().anyMatch(figure -> sample.startsWith(figure.group(1)))
                        && sample.contains(label + "=\"")));
  }

  private static List<Node> alerts() throws IOException {
    return parse("monitoring/alerts.yml").at("groups", 0, "rules").list();
  }

  @Test
  void everyAlertLooksAtFiguresThatThereAre() throws IOException {
    assertThat(alerts()).hasSizeGreaterThan(10);
    for (Node alert : alerts()) {
      assertIsThere(alert.at("expr").text());
    }
  }

  @Test
  void everyAlertSaysWhatToDo() throws IOException {
    Set<String> headings = new TreeSet<>();
    Pattern.compile("(?m)^### (\\w+)$")
        .matcher(text("docs/operations.md"))
        .results()
        .forEach(heading -> headings.add(heading.group(1)));
    Set<String> names = new TreeSet<>();
    for (Node alert : alerts()) {
      String name = alert.at("alert").text();
      names.add(name);
      assertThat(headings).contains(name);
      assertThat(alert.at("annotations", "summary").text()).isNotBlank();
      assertThat(alert.at("annotations", "description").text()).isNotBlank();
      assertThat(alert.at("annotations", "runbook_url").text())
          .isEqualTo("docs/operations.md#" + name.toLowerCase(Locale.ROOT));
      assertThat(alert.at("labels", "severity").text()).isIn("page", "ticket");
    }
    headings.removeAll(Set.of("Requests", "Orders", "Partners"));
    assertThat(names).isEqualTo(headings);
  }

  @Test
  void everyPictureOfTheDashboardShowsFiguresThatThereAre() throws IOException {
    Node dashboard = parse("monitoring/grafana/dashboards/orders.json");
    String source =
        parse("monitoring/grafana/provisioning/datasources/prometheus.yml")
            .at("datasources", 0, "uid")
            .text();
    List<String> ids = new ArrayList<>();
    int expressions = 0;
    for (Node panel : dashboard.at("panels").list()) {
      ids.add(panel.at("id").text());
      if (!panel.at("type").text().equals("row")) {
        assertThat(panel.at("datasource", "uid").text()).isEqualTo(source);
        for (Node target : panel.at("targets").list()) {
          assertIsThere(target.at("expr").text());
          expressions++;
        }
      }
    }
    assertThat(expressions).isGreaterThan(30);
    assertThat(ids).doesNotHaveDuplicates();
  }

  /// So that nobody has to guess what a figure means, or looks for one in vain.
  @Test
  void everyFigureOfOursIsDocumentedAndShownAndNoOtherIs() throws IOException {
    Set<String> documented = new TreeSet<>();
    Pattern.compile("(?m)^\\| (`orders_\\w+`(?: `orders_\\w+`)*) \\|")
        .matcher(text("docs/operations.md"))
        .results()
        .flatMap(row -> Stream.of(row.group(1).replace("`", "").split(" ", -1)))
        .forEach(documented::add);
    Set<String> served =
        page.names().stream()
            .filter(name -> name.startsWith("orders_"))
            .map(name -> name.replaceFirst("_(bucket|count|sum)$", ""))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(documented).isEqualTo(served);
    String shown = text("monitoring/grafana/dashboards/orders.json");
    assertThat(served.stream().filter(name -> !name.endsWith("_max") || name.contains("s_max")))
        .filteredOn(name -> !name.endsWith("_duration_seconds_max"))
        .allMatch(shown::contains);
  }

  @Test
  void composeStartsThemOnlyWhenAskedToAndForThisMachineAlone() throws IOException {
    Node services = parse("docker-compose.yml").at("services");
    for (String name : services.names()) {
      Node service = services.at(name);
      boolean watches = Set.of("prometheus", "grafana").contains(name);
      assertThat(service.has("profiles")).as(name).isEqualTo(watches);
      if (watches) {
        assertThat(service.at("profiles", 0).text()).isEqualTo("monitoring");
        assertThat(service.at("image").text()).matches("\\S+:v?\\d+\\.\\d+\\.\\d+");
      }
      if (service.has("ports")) {
        service
            .at("ports")
            .list()
            .forEach(port -> assertThat(port.text()).matches("127\\.0\\.0\\.1:(\\d+):\\1"));
      }
    }
  }

  @Test
  void whatComposeMountsIsThere() throws IOException {
    Node compose = parse("docker-compose.yml");
    Set<String> mounted = new TreeSet<>();
    for (String name : compose.at("services").names()) {
      Node service = compose.at("services", name);
      if (service.has("volumes")) {
        for (Node volume : service.at("volumes").list()) {
          String from = volume.text().split(":", -1)[0];
          mounted.add(from);
          if (from.startsWith("./")) {
            assertThat(ROOT.resolve(from)).exists();
            assertThat(volume.text()).endsWith(":ro");
          } else {
            assertThat(compose.at("volumes").names()).contains(from);
          }
        }
      }
      if (service.has("configs")) {
        assertThat(compose.at("configs").names())
            .contains(service.at("configs", 0, "source").text());
      }
    }
    assertThat(mounted).containsAll(compose.at("volumes").names());
  }

  @Test
  void theFilesFindEachOther() throws IOException {
    Node prometheus = parse("docker-compose.yml").at("services", "prometheus");
    Node scraping = parse("monitoring/prometheus.yml");
    assertThat(prometheus.at("volumes").list().stream().map(Node::text))
        .contains("./monitoring/alerts.yml:" + scraping.at("rule_files", 0).text() + ":ro")
        .contains("./monitoring/prometheus.yml:/etc/prometheus/prometheus.yml:ro");
    Node job = scraping.at("scrape_configs", 0);
    assertThat(job.at("authorization", "credentials_file").text())
        .isEqualTo(prometheus.at("configs", 0, "target").text());
    assertThat(job.at("static_configs", 0, "targets", 0).text()).isEqualTo("orders:8080");
    assertThat(alerts().stream().map(alert -> alert.at("expr").text()))
        .anyMatch(expression -> expression.contains("job=\"" + job.at("job_name").text() + "\""));
    Node grafana = parse("docker-compose.yml").at("services", "grafana");
    String dashboards =
        parse("monitoring/grafana/provisioning/dashboards/orders.yml")
            .at("providers", 0, "options", "path")
            .text();
    assertThat(grafana.at("volumes").list().stream().map(Node::text))
        .contains("./monitoring/grafana/dashboards:" + dashboards + ":ro");
    assertThat(
            parse("monitoring/grafana/provisioning/datasources/prometheus.yml")
                .at("datasources", 0, "url")
                .text())
        .isEqualTo("http://prometheus:9090");
  }
}
