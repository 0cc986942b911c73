package orders.bootstrap;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What `/metrics` says.
///
/// @param samples each value by its name with all its labels, as they are written
record MetricsPage(Map<String, Double> samples) {
  private static final Pattern SAMPLE = Pattern.compile("(\\w+)(\\{.*})? (\\S+)");

  static MetricsPage read(HttpClient client, String server)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server + "/metrics"))
            .timeout(Duration.ofSeconds(20))
            .build();
    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("answered " + answer.statusCode());
    }
    return of(answer.body());
  }

  static MetricsPage of(String text) {
    Map<String, Double> samples = new TreeMap<>();
    text.lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(line -> {
          Matcher sample = SAMPLE.matcher(line);
          if (!sample.matches()) {
            throw new AssertionError("no sample: " + line);
          }
          String labels = sample.group(2) == null ? "" : sample.group(2);
          samples.put(sample.group(1) + labels, Double.parseDouble(sample.group(3)));
        });
    return new MetricsPage(samples);
  }

  /// The sum of all that are called `name` and have each of `labels`, written as `key="value"`.
  double sum(String name, String... labels) {
    return matching(name, labels).mapToDouble(Map.Entry::getValue).sum();
  }

  boolean has(String name, String... labels) {
    return matching(name, labels).findAny().isPresent();
  }

  private Stream<Map.Entry<String, Double>> matching(String name, String... labels) {
    return samples.entrySet().stream()
        .filter(sample -> sample.getKey().equals(name) || sample.getKey().startsWith(name + "{"))
        .filter(sample ->
            Stream.of(labels)
                .allMatch(label ->
                    sample.getKey().contains("{" + label)
                        || sample.getKey().contains("," + label)));
  }

  Set<String> names() {
    Set<String> names = new TreeSet<>();
    samples.keySet().forEach(sample -> names.add(sample.replaceFirst("\\{.*", "")));
    return names;
  }
}
