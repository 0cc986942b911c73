package orders.bootstrap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import orders.bootstrap.embedded.EmbeddedDatabase;
import orders.bootstrap.logs.LogFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.yaml.snakeyaml.Yaml;

/// What a server writes while everything goes wrong that may: enough to find out what it was about,
/// and nothing that is nobody's business.
final class LogsTest {
  /// Stands in all that must not be logged.
  private static final String MARK = "m4rk";

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String TRACEPARENT = "00-" + TRACE + "-00f067aa0ba902b7-01";

  private static final String ORDER =
      """
      {"customer_id": "m4rk@example.com", "merchant_id": "m4rk-shop", "reference": "m4rk-ref",
       "items": [{"sku": "m4rk-sku", "name": "m4rk soup", "quantity": 1, "unit_price": 7}]}
      """;

  @TempDir private Path directory;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Queue<String> traceparents = new ConcurrentLinkedQueue<>();
  private final HttpServer partner;
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void stop() throws InterruptedException {
    for (Process process : started) {
      process.destroyForcibly().waitFor();
    }
    partner.stop(0);
    client.close();
  }

  private Path log() {
    return directory.resolve("log");
  }

  /// All of it so far. In JSON a slash may stand behind a backslash.
  private String logged() throws IOException {
    return Files.readString(log()).replace("\\/", "/");
  }

  /// A partner that confirms, declines or fails to pay with words of its own, and lets nobody have
  /// anything back.
  LogsTest() throws IOException {
    partner = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    partner.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    partner.createContext(
        "/confirmation",
        call ->
            answer(
                call,
                200,
                call.getRequestMethod().equals("PUT")
                    ? "{\"result\": \"done\", \"reference\": \"m4rk-1\"}"
                    : "{\"result\": \"refused\", \"reason\": \"m4rk has eaten it\"}"));
    partner.createContext(
        "/payment",
        call ->
            answer(
                call,
                call.getRequestMethod().equals("PUT") ? 200 : 500,
                call.getRequestMethod().equals("PUT")
                    ? "{\"result\": \"declined\", \"reason\": \"m4rk is broke\"}"
                    : "m4rk"));
    partner.createContext("/delivery", call -> answer(call, 500, "m4rk"));
    partner.start();
  }

  private void answer(HttpExchange call, int status, String body) throws IOException {
    traceparents.add(String.valueOf(call.getRequestHeaders().getFirst("traceparent")));
    call.getRequestBody().readAllBytes();
    byte[] bytes = body.getBytes(UTF_8);
    call.getResponseHeaders().set("Content-Type", "application/json");
    call.getResponseHeaders().set("X-Mark", MARK);
    call.sendResponseHeaders(status, bytes.length);
    call.getResponseBody().write(bytes);
    call.close();
  }

  private URI start(Map<String, String> settings) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName());
    builder.environment().putAll(settings);
    builder.environment().put("PORT", "0");
    builder.redirectErrorStream(true).redirectOutput(log().toFile());
    Process process = builder.start();
    started.add(process);
    Pattern ready = Pattern.compile("Orders is ready on (http://[0-9.:]+)");
    Instant end = Instant.now().plusSeconds(60);
    Matcher found = ready.matcher(logged());
    while (!found.find()) {
      assertThat(Instant.now()).as(logged()).isBefore(end);
      assertThat(process.waitFor(20, TimeUnit.MILLISECONDS)).as("ended").isFalse();
      found = ready.matcher(logged());
    }
    return URI.create(found.group(1));
  }

  private Map<String, String> settings(LogFormat format, int database) {
    String url = "http://127.0.0.1:" + partner.getAddress().getPort();
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "DATABASE_URL",
                "postgresql://postgres:m4rk-password@127.0.0.1:" + database + "/postgres",
                "PARTNERS",
                "http",
                "CONFIRMATION_URL",
                url + "/confirmation",
                "PAYMENT_URL",
                url + "/payment",
                "DELIVERY_URL",
                url + "/delivery",
                "CONFIRMATION_SECRET",
                "m4rk-secret",
                "PAYMENT_SECRET",
                "m4rk-secret",
                "STEP_ATTEMPTS",
                "2",
                "UNDO_ATTEMPTS",
                "2"));
    settings.put("BACKOFF_MS", "1");
    settings.put("BREAKER_SECONDS", "1");
    settings.put("SHUTDOWN_SECONDS", "5");
    settings.put("METRICS_TOKEN", "m4rk-0123456789abcdef");
    settings.put("LOG_FORMAT", format.name().toLowerCase(Locale.ROOT));
    return settings;
  }

  private HttpResponse<String> send(URI server, String method, String path, String body)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(server.resolve(path))
            .method(method, BodyPublishers.ofString(body))
            .headers(
                "Content-Type", "application/json",
                "Authorization", "Bearer m4rk",
                "X-Request-Id", MARK,
                "Cookie", "m4rk=m4rk",
                "Forwarded", "for=m4rk",
                "traceparent", TRACEPARENT,
                "tracestate", "m4rk=1")
            .build(),
        BodyHandlers.ofString());
  }

  private static void sendRaw(URI server, String bytes) throws IOException {
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(bytes.getBytes(UTF_8));
      socket.shutdownOutput();
      socket.getInputStream().readAllBytes();
    } catch (java.net.SocketException _) {
      // It hung up, which it may.
    }
  }

  /// Orders that are declined, parked, cancelled and refused; requests that are none.
  private String useBadly(URI server) throws IOException, InterruptedException {
    String id = "";
    for (int i = 0; i < 5; i++) {
      HttpResponse<String> answer = send(server, "POST", "/orders", ORDER);
      assertThat(answer.statusCode()).isEqualTo(201);
      id = answer.body().replaceFirst("(?s).*?\"id\":\"([^\"]+)\".*", "$1");
    }
    send(server, "POST", "/orders/" + id + "/cancel", "");
    send(server, "POST", "/orders/" + id + "/retry", "");
    send(server, "POST", "/orders", "{\"customer_id\": \"m4rk\", \"m4rk\": [m4rk");
    send(server, "POST", "/orders", "{\"customer_id\": {\"m4rk\": \"m4rk\"}, \"items\": \"m4rk\"}");
    send(server, "GET", "/m4rk?m4rk=m4rk", "");
    send(server, "M4RK", "/orders/m4rk", "");
    send(server, "GET", "/orders?reference=m4rk&m4rk=1&cursor=m4rk&limit=m4rk", "");
    for (String head :
        List.of(
            "GET /m4rk HTTP/9.9\r\n\r\n",
            "GET /m4rk HTTP/1.1\r\nHost: m4rk m4rk\r\n\r\n",
            "GET /m4rk%zz HTTP/1.1\r\nHost: m4rk\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\nm4rk\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\nX: " + MARK.repeat(5_000) + "\r\n\r\n",
            "POST /orders HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                + "Transfer-Encoding: chunked\r\n\r\nm4rk\r\nm4rk",
            "POST /orders HTTP/1.1\r\nHost: x\r\nContent-Length: m4rk\r\n\r\n")) {
      sendRaw(server, head);
    }
    return id;
  }

  private void awaitLogged(String... words) throws Exception {
    Instant end = Instant.now().plusSeconds(60);
    while (logged().lines().noneMatch(line -> List.of(words).stream().allMatch(line::contains))) {
      assertThat(Instant.now()).as(logged()).isBefore(end);
      assertThat(started.getLast().waitFor(20, TimeUnit.MILLISECONDS)).as("ended").isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(LogFormat.class)
  void nothingThatIsNobodysBusinessIsLogged(LogFormat format) throws Exception {
    String output;
    EmbeddedDatabase database = EmbeddedDatabase.start(directory.resolve("database"));
    try {
      URI server = start(settings(format, database.port()));
      String id = useBadly(server);
      // What a worker says of an order names it and its trace, in either format.
      awaitLogged("needs attention", id, TRACE);
      assertThat(traceparents)
          .isNotEmpty()
          .allMatch(header -> header.startsWith("00-" + TRACE + "-") && header.endsWith("-01"))
          .noneMatch(TRACEPARENT::equals)
          .doesNotHaveDuplicates();
      database.close();
      HttpResponse<String> answer = send(server, "POST", "/orders", ORDER);
      assertThat(answer.statusCode()).isEqualTo(503);
      String request = answer.headers().firstValue("X-Request-Id").orElseThrow();
      awaitLogged("POST /orders", request, TRACE);
      started.getLast().destroy();
      assertThat(started.getLast().waitFor(60, TimeUnit.SECONDS)).isTrue();
      output = logged();
    } finally {
      database.close();
    }
    assertThat(output.toLowerCase(Locale.ROOT)).doesNotContain(MARK);
    assertThat(output).contains("declined; its history says why");
    if (format == LogFormat.JSON) {
      assertThat(output.lines())
          .hasSizeGreaterThan(10)
          .allSatisfy(line ->
              assertThat(new Yaml().<Map<String, Object>>load(line))
                  .containsKeys("timestamp", "level", "formattedMessage"));
      assertThat(output.lines())
          .anySatisfy(
              line -> assertThat(line).contains("\"mdc\": {", "\"trace_id\":\"" + TRACE + "\""));
    } else {
      assertThat(output).containsPattern("needs attention.* trace_id=" + TRACE + " order_id=");
      // What is not known is not named.
      assertThat(output).containsPattern("(?m)^\\S+ INFO  OrdersServer \\[[^]]+] Stopping$");
    }
  }

  @Test
  void aFormatThatNobodyKnowsIsSaidWithAllElseThatIsWrong() throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName());
    builder
        .environment()
        .putAll(Map.of("LOG_FORMAT", "xml", "WORKERS", "no", "METRICS_TOKEN", "m4rk", "PORT", "0"));
    File output = log().toFile();
    Process process = builder.redirectErrorStream(true).redirectOutput(output).start();
    started.add(process);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(1);
    assertThat(logged())
        .contains(
            "LOG_FORMAT must be text or json",
            "WORKERS must be",
            "METRICS_TOKEN must be at least 16 visible ASCII characters")
        .doesNotContain(MARK);
  }
}
