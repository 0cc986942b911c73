package orders.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a resource can be asked, told to whoever wants to know before they ask it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OptionsTest {
  private final TestServer server = new TestServer();

  @AfterAll
  void stop() {
    server.close();
  }

  private RawAnswer ask(String method, String path) {
    try (RawConnection client = server.connect()) {
      client.send(method + " " + path + " HTTP/1.1\r\nHost: x\r\nOrigin: https://evil\r\n\r\n");
      return client.read().orElseThrow();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<String> paths() {
    return server.http.routes().stream().map(Route::path).distinct().toList();
  }

  private String allowed(String path) {
    List<String> methods = new ArrayList<>();
    for (String method : List.of("GET", "POST")) {
      if (server.http.routes().stream()
          .anyMatch(route -> route.path().equals(path) && route.method().name().equals(method))) {
        methods.add(method.equals("GET") ? "GET, HEAD" : method);
      }
    }
    return methods.stream().collect(Collectors.joining(", ", "", ", OPTIONS"));
  }

  @Test
  void everyPathTellsItsMethods() {
    assertThat(paths()).contains("/orders", "/orders/{id}/cancel", "/health");
    for (String path : paths()) {
      RawAnswer answer = ask("OPTIONS", path.replace("{id}", "x").replaceAll("[{}<>]", ""));
      assertThat(answer.status()).as(path).isEqualTo(204);
      assertThat(answer.header("Allow")).as(path).contains(allowed(path));
      assertThat(answer.headers()).doesNotContainKey("content-type");
    }
    assertThat(ask("OPTIONS", "/orders").header("Allow")).contains("GET, HEAD, POST, OPTIONS");
  }

  @Test
  void anotherMethodIsAnsweredWithTheSame() {
    for (String path : paths()) {
      RawAnswer answer = ask("PUT", path.replace("{id}", "x").replaceAll("[{}<>]", ""));
      assertThat(answer.status()).as(path).isEqualTo(405);
      assertThat(answer.header("Allow")).as(path).contains(allowed(path));
    }
  }

  @Test
  void headIsWhereverGetIs() throws IOException {
    for (Route route : server.http.routes()) {
      if (route.method().name().equals("GET")) {
        try (RawConnection client = server.connect()) {
          client.send("HEAD " + route.path().replace("{id}", "x") + " HTTP/1.1\r\nHost: x\r\n\r\n");
          assertThat(client.readHead().orElseThrow().status()).as(route.path()).isNotIn(405, 501);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nothing", "/", "/orders/x/nothing"})
  void aPathThatIsNotThereTellsNothing(String path) {
    RawAnswer answer = ask("OPTIONS", path);
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.header("Allow")).isEmpty();
  }

  @Test
  void theServerAsAWholeHasNone() {
    assertThat(ask("OPTIONS", "*").status()).isBetween(400, 404);
  }
}
