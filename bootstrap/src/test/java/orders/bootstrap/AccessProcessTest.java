package orders.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who may do what on a server as it is deployed, over real PostgreSQL.
final class AccessProcessTest {
  private static final String SECRET = "a secret of thirty-two bytes, or more";
  private static final String OPERATOR_PASSWORD = "the operator's own";
  private static final String PASSWORD = "correct horse battery";

  @TempDir private Path directory;

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<String> tokens = new ArrayList<>();

  private HttpResponse<String> post(URI server, String path, String token, String body)
      throws IOException, InterruptedException {
    return http.send(
        request(server, path, token)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private HttpResponse<String> get(URI server, String path, String token)
      throws IOException, InterruptedException {
    return http.send(request(server, path, token).build(), BodyHandlers.ofString());
  }

  private static HttpRequest.Builder request(URI server, String path, String token) {
    HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path));
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  private String logIn(URI server, String email, String password) throws Exception {
    HttpResponse<String> answer = post(server, "/auth/login", "", credentials(email, password, ""));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    String token = field("token", answer);
    tokens.add(token);
    return token;
  }

  private static String credentials(String email, String password, String more) {
    return "{\"email\":\"" + email + "\",\"password\":\"" + password + "\"" + more + "}";
  }

  private static String field(String name, HttpResponse<String> answer) {
    Matcher matcher = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(answer.body());
    assertThat(matcher.find()).as(answer.body()).isTrue();
    return matcher.group(1);
  }

  private static String order(String customer) {
    return "{\"customer_id\":\""
        + customer
        + "\",\"items\":[{\"sku\":\"pizza\",\"quantity\":2,\"unit_price\":1250}]}";
  }

  private Map<String, String> environment(String operatorPassword) {
    return Map.of(
        "JWT_SECRET", SECRET,
        "JWT_ISSUER", "https://orders.example",
        "JWT_AUDIENCE", "orders",
        "OPERATOR_EMAIL", "Root@Example.com",
        "OPERATOR_PASSWORD", operatorPassword);
  }

  @Test
  void withASecretEverybodySeesAndDoesWhatIsForThem() throws Exception {
    try (ServerProcess server = new ServerProcess(directory, environment(OPERATOR_PASSWORD))) {
      URI address = server.awaitReady();
      String operator = logIn(address, "root@example.com", OPERATOR_PASSWORD);
      assertThat(
              post(
                      address,
                      "/auth/accounts",
                      operator,
                      credentials("shop@example.com", PASSWORD, ",\"role\":\"storefront\""))
                  .statusCode())
          .isEqualTo(201);
      String storefront = logIn(address, "shop@example.com", PASSWORD);
      HttpResponse<String> placed = post(address, "/orders", storefront, order("somebody"));
      assertThat(placed.statusCode()).as(placed.body()).isEqualTo(201);
      String path = "/orders/" + field("id", placed);

      for (int i = 0; i < 2; i++) {
        assertThat(
                post(address, "/auth/register", "", credentials("me@example.com", PASSWORD, ""))
                    .body())
            .isEqualTo("{\"status\":\"accepted\"}");
      }
      String customer = logIn(address, "me@example.com", PASSWORD);
      String me = field("subject", get(address, "/auth/me", customer));
      assertThat(get(address, path, customer).statusCode()).isEqualTo(404);
      assertThat(get(address, "/orders", customer).body())
          .isEqualTo("{\"data\":[],\"next_cursor\":null}");
      assertThat(post(address, "/orders", customer, order("somebody")).statusCode()).isEqualTo(403);
      String own = field("id", post(address, "/orders", customer, order(me)));
      assertThat(get(address, "/orders", customer).body()).contains(own);
      assertThat(get(address, path, storefront).statusCode()).isEqualTo(200);
      assertThat(get(address, "/orders/" + own, storefront).statusCode()).isEqualTo(404);
      assertThat(get(address, "/orders", operator).body()).contains(own, field("id", placed));
      assertThat(get(address, "/orders", "").statusCode()).isEqualTo(401);
      assertThat(get(address, "/orders", customer + "x").statusCode()).isEqualTo(401);
      server.stop();
      assertThat(server.output())
          .contains("Authorization: Bearer $TOKEN")
          .doesNotContain(
              SECRET, OPERATOR_PASSWORD, PASSWORD, "AUTH is off", "@example.com", "ERROR", "\tat ")
          .doesNotContain(tokens);
    }
    try (ServerProcess server =
        new ServerProcess(directory, environment("another one of theirs"))) {
      URI address = server.awaitReady();
      assertThat(
              post(
                      address,
                      "/auth/login",
                      "",
                      credentials("root@example.com", OPERATOR_PASSWORD, ""))
                  .statusCode())
          .isEqualTo(401);
      assertThat(
              get(address, "/auth/me", logIn(address, "root@example.com", "another one of theirs"))
                  .body())
          .contains("\"role\":\"operator\"");
      // Tokens are good on every node and over a restart.
      assertThat(get(address, "/orders", tokens.getFirst()).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void onEveryInterfaceItDoesNotStartUntilItIsSaidWhoMayDoWhat() throws Exception {
    ServerProcess refused = new ServerProcess(directory, Map.of("HOST", "0.0.0.0"));
    assertThat(refused.awaitExit()).isEqualTo(1);
    assertThat(refused.output())
        .contains("HOST must be 127.0.0.1", "JWT_SECRET", "JWKS_URL", "AUTH=off")
        .doesNotContain("Exception", "\tat ");
  }

  @Test
  void withoutSettingsItWarnsThatEverybodyMayDoEverything() throws Exception {
    try (ServerProcess server = new ServerProcess(directory, Map.of())) {
      URI address = server.awaitReady();
      assertThat(server.output()).contains("WARN", "AUTH is off");
      assertThat(get(address, "/orders", "").statusCode()).isEqualTo(200);
      assertThat(get(address, "/auth/me", "").body()).contains("\"role\":\"operator\"");
      assertThat(post(address, "/auth/login", "", "{}").statusCode()).isEqualTo(404);
    }
  }
}
