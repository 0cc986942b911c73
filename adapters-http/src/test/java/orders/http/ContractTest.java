package orders.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import orders.http.contract.Contract;
import orders.http.contract.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// That the check of every exchange would notice.
final class ContractTest {
  private static final String ID = "01939c3e-7cd5-7712-8e28-eef0770d1e33";
  private static final String UP = "{\"status\":\"up\"}";
  private static final String NOT_FOUND =
      "{\"type\":\"/problems/not-found\",\"title\":\"x\",\"status\":404}";
  private static final String JSON = "application/json";
  private static final String PROBLEM = "application/problem+json";

  private static List<String> flaws(
      String method, String target, int status, String type, String body, String... headers) {
    Map<String, List<String>> answered = new TreeMap<>();
    answered.put("Content-Type", List.of(type));
    answered.put("Date", List.of("Sat, 21 Nov 2026 23:17:59 GMT"));
    for (int i = 0; i < headers.length; i += 2) {
      answered.put(headers[i], List.of(headers[i + 1]));
    }
    return Contract.ofTheServer()
        .flaws(new Exchange(method, target, Map.of(), "", status, answered, body));
  }

  @Test
  void whatIsDocumentedPasses() {
    assertThat(flaws("GET", "/health", 200, JSON, UP)).isEmpty();
    assertThat(flaws("HEAD", "/health", 200, JSON, "")).isEmpty();
    assertThat(flaws("GET", "/health", 200, JSON, UP, "x-request-id", "1")).isEmpty();
    assertThat(flaws("GET", "/orders/" + ID, 404, PROBLEM, NOT_FOUND)).isEmpty();
    assertThat(flaws("GET", "/nowhere", 404, PROBLEM, NOT_FOUND)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "another status          | GET    | /health       | 201 | application/json         | {\"status\":\"up\"}",
        "another content type    | GET    | /health       | 200 | text/plain               | {\"status\":\"up\"}",
        "another value           | GET    | /health       | 200 | application/json         | {\"status\":\"down\"}",
        "another field           | GET    | /health       | 200 | application/json         | {\"status\":\"up\",\"pid\":1}",
        "a field too few         | GET    | /health       | 200 | application/json         | {}",
        "no JSON                 | GET    | /health       | 200 | application/json         | {",
        "a path of its own       | GET    | /health/odd   | 200 | application/json         | {\"status\":\"up\"}",
        "a method of its own     | DELETE | /health       | 200 | application/json         | {\"status\":\"up\"}",
        "a method in lower case  | get    | /health       | 200 | application/json         | {\"status\":\"up\"}",
        "a problem of no kind    | GET    | /nowhere      | 404 | application/problem+json | {\"type\":\"/problems/odd\",\"title\":\"x\",\"status\":404}",
        "another kind of problem | GET    | /nowhere      | 404 | application/problem+json | {\"type\":\"/problems/gone\",\"title\":\"x\",\"status\":404}",
        "another status in it    | GET    | /nowhere      | 404 | application/problem+json | {\"type\":\"/problems/not-found\",\"title\":\"x\",\"status\":400}",
        "more in it              | GET    | /nowhere      | 404 | application/problem+json | {\"type\":\"/problems/not-found\",\"title\":\"x\",\"status\":404,\"trace\":\"\"}",
        "a problem of elsewhere  | GET    | /orders       | 404 | application/problem+json | {\"type\":\"/problems/not-found\",\"title\":\"x\",\"status\":404}"
      })
  void isNoticed(String what, String method, String path, int status, String type, String body) {
    assertThat(flaws(method, path, status, type, body)).as(what).isNotEmpty();
  }

  @Test
  void headersAreNoticedThatAreTooManyTooFewOrOfAnotherForm() {
    assertThat(flaws("GET", "/health", 200, JSON, UP, "Server", "Jetty")).hasSize(1);
    assertThat(flaws("GET", "/health", 200, JSON, UP, "ETag", "\"1\"")).hasSize(1);
    String open = "/openapi.json";
    assertThat(flaws("GET", open, 200, JSON, "{}", "ETag", "\"1\"")).isEmpty();
    assertThat(flaws("GET", open, 200, JSON, "{}")).hasSize(1);
    assertThat(flaws("GET", open, 200, JSON, "{}", "ETag", "1")).hasSize(1);
  }

  private static List<String> placing(String type, String body, String... headers) {
    Map<String, List<String>> sent = new TreeMap<>();
    sent.put("Content-Type", List.of(type));
    for (int i = 0; i < headers.length; i += 2) {
      sent.put(headers[i], List.of(headers[i + 1]));
    }
    return Contract.ofTheServer()
        .requestFlaws(new Exchange("POST", "/orders", sent, body, 201, Map.of(), ""));
  }

  @Test
  void aRequestIsNoticedThatShouldHaveBeenRefused() {
    String order = TestServer.GOOD_ORDER;
    assertThat(placing(JSON, order, "Idempotency-Key", "a")).isEmpty();
    assertThat(placing(JSON, order, "Idempotency-Key", "a b")).isNotEmpty();
    assertThat(placing("text/plain", order)).isNotEmpty();
    assertThat(placing(JSON, "")).isNotEmpty();
    for (String bad :
        List.of(
            order.replace("\"me\"", "\" \""),
            order.replace("\"me\"", "5"),
            order.replace("\"me\"", "\"a\\u0000b\""),
            order.replace("\"me\"", "\"" + "x".repeat(257) + "\""),
            order.replace("2,", "0,"),
            order.replace("2,", "2.5,"),
            order.replace("1250", "9223372036854775808"),
            order.replace("\"sku\"", "\"odd\""))) {
      assertThat(placing(JSON, bad)).as(bad).isNotEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "limit=0, false",
    "limit=200, true",
    "limit=201, false",
    "limit=ten, false",
    "status=failed, true",
    "status=odd, false",
    "odd=1, false",
    "needs_attention=true, true",
    "needs_attention=false, false",
    "created_from=2026-11-21T00:00:00Z, true",
    "created_from=yesterday, false",
    "customer_id=M%C3%BCller+%26+S%C3%B6hne, true"
  })
  void aQueryIsNoticedThatShouldHaveBeenRefused(String query, boolean documented) {
    Exchange exchange = new Exchange("GET", "/orders?" + query, Map.of(), "", 200, Map.of(), "");
    assertThat(Contract.ofTheServer().requestFlaws(exchange).isEmpty()).isEqualTo(documented);
  }

  /// Clients of their own would have their exchanges checked by nobody.
  @Test
  void allTestsAskThroughTheClientsThatCheck() throws IOException {
    List<String> askers = new ArrayList<>();
    for (String sources : List.of("src/test/java", "src/fixtures/java")) {
      try (Stream<Path> files = Files.walk(Path.of(sources))) {
        files
            .filter(Files::isRegularFile)
            .filter(ContractTest::opensConnections)
            .map(file -> file.getFileName().toString())
            .forEach(askers::add);
      }
    }
    // Most of these do without whole answers, one asks no server of ours, and the fuzzing asks the
    // check itself.
    assertThat(askers)
        .containsExactlyInAnyOrder(
            "AbandonedRequestTest.java",
            "IdleConnectionTest.java",
            "LiveStream.java",
            "ManyConnectionsTest.java",
            "RawConnection.java",
            "RawHttp.java",
            "RefusedSharesTest.java",
            "SlowClientsTest.java",
            "StreamsTest.java",
            "TestServer.java",
            "ThousandsOfSlowClientsTest.java",
            "Wire.java");
  }

  private static boolean opensConnections(Path file) {
    try {
      String source = Files.readString(file);
      return Stream.of("HttpClient.new", "new " + "Socket(", "SocketChannel" + ".open")
          .anyMatch(opening -> source.contains(opening) && !file.endsWith("ContractTest.java"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
