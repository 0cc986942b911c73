package orders.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import orders.http.TestServer.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The API's description and its page come from the server itself, and nothing else comes with
/// them.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DocsTest {
  private final TestServer server = new TestServer();

  @AfterAll
  void stop() {
    server.close();
  }

  private static List<String> find(String pattern, String text) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map((MatchResult match) -> match.group(1))
        .toList();
  }

  @Test
  void theDescriptionIsTheDocument() {
    Answer answer = server.get("/openapi.json");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().get("openapi").asText()).startsWith("3.1.");
  }

  @Test
  void thePageNeedsNothingThatTheServerDoesNotServe() {
    String page = server.get("/docs").text();
    List<String> parts = find("(?:src|href)=\"([^\"]+)\"", page);
    assertThat(parts).hasSize(4);
    for (String part : parts) {
      assertThat(server.get(part).status()).as(part).isEqualTo(200);
    }
    String initializer = server.get("/docs/initializer.js").text();
    String document = find("url: \"([^\"]+)\"", initializer).getFirst();
    assertThat(server.get(document).status()).isEqualTo(200);
    assertThat(page + initializer).doesNotContain("//cdn", "http:", "https:");
    assertThat(find("url\\((?!\"?data:)([^)]*)\\)", server.get("/docs/swagger-ui.css").text()))
        .isEmpty();
  }

  @Test
  void thePageHasNoScriptsWithinItAndAllowsNone() {
    Answer page = server.get("/docs");
    assertThat(page.header("Content-Security-Policy"))
        .contains("default-src 'self'")
        .doesNotContain("script-src", "unsafe-eval");
    assertThat(find("<script([^>]*)>", page.text())).allMatch(script -> script.contains("src="));
    assertThat(page.text()).doesNotContainPattern("(?i) on[a-z]+=|<style");
  }

  @ParameterizedTest
  @CsvSource({
    "/openapi.json, application/json",
    "/docs, text/html;charset=utf-8",
    "/docs/initializer.js, text/javascript;charset=utf-8",
    "/docs/swagger-ui.css, text/css;charset=utf-8",
    "/docs/swagger-ui-bundle.js, text/javascript;charset=utf-8",
    "/docs/favicon-32x32.png, image/png"
  })
  void aFileIsSentOnceAndThenOnlyWhenItHasChanged(String path, String type) {
    Answer first = server.get(path);
    assertThat(first.header("Content-Type")).isEqualTo(type);
    String etag = first.header("ETag");
    for (String known : List.of(etag, "W/" + etag, "\"x\", " + etag, "*")) {
      Answer again = server.get(path, "If-None-Match", known);
      assertThat(again.status()).as(known).isEqualTo(304);
      assertThat(again.text()).isEmpty();
      assertThat(again.header("ETag")).isEqualTo(etag);
    }
    assertThat(server.get(path, "If-None-Match", "\"x\"").text()).isEqualTo(first.text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/docs/index.html",
        "/docs/openapi.json",
        "/docs/swagger-ui.js",
        "/docs/oauth2-redirect.html",
        "/docs/docs/initializer.js",
        "/docs/../orders/http/HttpServer.class",
        "/docs/..%2fHttpServer.class",
        "/docs/%2e%2e/HttpServer.class",
        "/docs/..%5c..%5clogback.xml",
        "/docs//swagger-ui.css",
        "/docs/swagger-ui.css%00",
        "/docs/swagger-ui.css;x",
        "/docs/SWAGGER-UI.CSS",
        "/docs/PAGE"
      })
  void nothingElseIsServed(String path) {
    String answer = RawHttp.exchange(server, "GET " + path + " HTTP/1.1\r\nHost: x\r\n");
    assertThat(answer).containsPattern("^HTTP/1.1 (400|404) ");
  }
}
