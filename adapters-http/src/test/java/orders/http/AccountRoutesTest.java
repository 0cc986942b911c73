package orders.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import orders.application.fake.FakePasswords;
import orders.application.fake.InMemoryAccounts;
import orders.application.login.LoginThrottle;
import orders.application.port.EmailAddress;
import orders.application.port.Password;
import orders.application.usecase.CreateAccount;
import orders.application.usecase.EnsureOperator;
import orders.application.usecase.FindAccount;
import orders.application.usecase.LogIn;
import orders.application.usecase.RegisterAccount;
import orders.http.TestServer.Answer;
import orders.http.auth.BearerAuthentication;
import orders.http.auth.SharedSecret;
import orders.http.auth.TokenIssuer;
import orders.http.auth.TokenRules;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Accounts, and logging in to them.
final class AccountRoutesTest {
  private static final String ROOT = "root@example.com";
  private static final String ME = "me@example.com";
  private static final String PASSWORD = "correct horse battery";
  private static final String WRONG = "incorrect horse battery";
  private static final TokenRules RULES =
      new TokenRules(Optional.of("https://orders.example"), Optional.of("orders"));

  private final AtomicReference<Instant> now = new AtomicReference<>(Tokens.NOW);
  private final InMemoryAccounts accounts = new InMemoryAccounts();
  private final FakePasswords passwords = new FakePasswords();
  private final TestServer server = server();

  private TestServer server() {
    return new TestServer(
        TestServer.Setup.USUAL
            .with(TestServer.WITHOUT_RATES)
            .with(new BearerAuthentication(new SharedSecret(Tokens.SECRET), RULES, now::get))
            .with(
                new OwnAccounts(
                    new RegisterAccount(accounts, passwords, AccountRoutesTest::newSubject),
                    new LogIn(accounts, passwords, new LoginThrottle(now::get)),
                    new CreateAccount(accounts, passwords, AccountRoutesTest::newSubject),
                    new FindAccount(accounts),
                    new TokenIssuer(Tokens.SECRET, RULES, now::get))));
  }

  private static String newSubject() {
    return UUID.randomUUID().toString();
  }

  @BeforeEach
  void makeOperator() {
    new EnsureOperator(accounts, passwords, AccountRoutesTest::newSubject)
        .ensure(EmailAddress.parse(ROOT).orElseThrow(), new Password(PASSWORD));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String credentials(String email, String password) {
    return "{\"email\":\"" + email + "\",\"password\":\"" + password + "\"}";
  }

  private Answer register(String email) {
    return server.post("/auth/register", credentials(email, PASSWORD));
  }

  private Answer logIn(String email, String password) {
    return server.post("/auth/login", credentials(email, password));
  }

  private String token(String email) {
    Answer answer = logIn(email, PASSWORD);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json().get("token").asText();
  }

  private Answer post(String token, String path, String body) {
    return server.send(
        server
            .request(path)
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + token)
            .POST(BodyPublishers.ofString(body)));
  }

  private Answer get(String token, String path) {
    return server.get(path, "Authorization", "Bearer " + token);
  }

  @Test
  void whoeverRegistersIsACustomerWithATokenForAnHour() {
    Answer registered = register(" Me@Example.COM ");
    assertThat(registered.status()).isEqualTo(202);
    assertThat(registered.text()).isEqualTo("{\"status\":\"accepted\"}");

    Answer loggedIn = logIn(ME, PASSWORD);
    assertThat(loggedIn.json().get("token_type").asText()).isEqualTo("Bearer");
    assertThat(loggedIn.json().get("expires_in").asLong()).isEqualTo(3_600);
    assertThat(loggedIn.header("Cache-Control")).isEqualTo("no-store");
    String token = loggedIn.json().get("token").asText();
    JsonNode me = get(token, "/auth/me").json();
    assertThat(me.get("role").asText()).isEqualTo("customer");
    assertThat(me.get("email").asText()).isEqualTo(ME);
    assertThat(me.get("merchant_id").isNull()).isTrue();
    assertThat(UUID.fromString(me.get("subject").asText()).version()).isEqualTo(4);

    now.updateAndGet(then -> then.plusSeconds(3_600));
    assertThat(get(token, "/auth/me").status()).isEqualTo(200);
    now.updateAndGet(then -> then.plusSeconds(30));
    assertThat(get(token, "/auth/me").status()).isEqualTo(401);
  }

  @Test
  void registeringTellsNobodyWhoHasAnAccount() {
    Answer first = register(ME);
    int hashes = passwords.computed();
    Answer second = register(ME);
    assertThat(second.text()).isEqualTo(first.text());
    assertThat(second.status()).isEqualTo(first.status());
    assertThat(headers(second)).isEqualTo(headers(first));
    assertThat(passwords.computed()).isEqualTo(hashes + 1);
  }

  private static final Set<String> OF_THE_MOMENT = Set.of("date", "x-request-id", "ratelimit");

  /// Their names, and the values that do not depend on the time.
  private static Set<String> headers(Answer answer) {
    Set<String> headers = new TreeSet<>();
    answer
        .response()
        .headers()
        .map()
        .forEach((name, values) ->
            headers.add(
                OF_THE_MOMENT.contains(name.toLowerCase(Locale.ROOT)) ? name : name + values));
    return headers;
  }

  @Test
  void aWrongPasswordAndAnUnknownAddressAreAnsweredAlike() {
    register(ME);
    int hashes = passwords.computed();
    Answer wrong = logIn(ME, WRONG);
    Answer unknown = logIn("you@example.com", WRONG);
    ProblemAssert.isProblem(wrong, 401);
    assertThat(unknown.status()).isEqualTo(401);
    assertThat(wrong.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"orders\"");
    assertThat(unknown.text()).isEqualTo(wrong.text());
    assertThat(headers(unknown)).isEqualTo(headers(wrong));
    assertThat(passwords.computed()).isEqualTo(hashes + 2);
  }

  @Test
  void afterFiveWrongPasswordsNoneIsLookedAtForAWhile() {
    register(ME);
    for (String email : new String[] {ME, "you@example.com"}) {
      for (int i = 0; i < 5; i++) {
        assertThat(logIn(email, WRONG).status()).isEqualTo(401);
      }
      int hashes = passwords.computed();
      Answer paused = logIn(email, PASSWORD);
      ProblemAssert.isProblem(paused, 429);
      assertThat(paused.header("Retry-After")).isEqualTo("60");
      assertThat(passwords.computed()).isEqualTo(hashes);
    }
    now.updateAndGet(then -> then.plusSeconds(60));
    assertThat(logIn(ME, PASSWORD).status()).isEqualTo(200);
    assertThat(logIn("you@example.com", WRONG).status()).isEqualTo(401);
    assertThat(logIn("you@example.com", WRONG).header("Retry-After")).isEqualTo("120");
  }

  @Test
  void operatorsMakeAccountsOfAnyRole() {
    String root = token(ROOT);
    Answer made =
        post(
            root,
            "/auth/accounts",
            """
            {"email": "Bakery@example.com", "password": "correct horse battery", "role": "merchant", "merchant_id": "bakery"}\
            """);
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    assertThat(made.json().get("email").asText()).isEqualTo("bakery@example.com");
    assertThat(made.text()).doesNotContain("password", "hash", PASSWORD);
    JsonNode me = get(token("bakery@example.com"), "/auth/me").json();
    assertThat(me).isEqualTo(made.json());
    assertThat(me.get("merchant_id").asText()).isEqualTo("bakery");

    Answer again = post(root, "/auth/accounts", account("storefront", "bakery@example.com"));
    ProblemAssert.isProblem(again, 409);
    assertThat(post(root, "/auth/accounts", account("storefront", "shop@example.com")).status())
        .isEqualTo(201);
    assertThat(post(root, "/auth/accounts", account("operator", "root2@example.com")).status())
        .isEqualTo(201);
  }

  private static String account(String role, String email) {
    return "{\"email\":\""
        + email
        + "\",\"password\":\""
        + PASSWORD
        + "\",\"role\":\""
        + role
        + "\"}";
  }

  @Test
  void nobodyElseDoes() {
    register(ME);
    String body = account("operator", "evil@example.com");
    assertThat(post(token(ME), "/auth/accounts", body).status()).isEqualTo(403);
    assertThat(server.post("/auth/accounts", body).status()).isEqualTo(401);
    assertThat(server.post("/auth/register", body).status()).isEqualTo(422);
    assertThat(logIn("evil@example.com", PASSWORD).status()).isEqualTo(401);
  }

  @Test
  void tooManyPasswordsAtOnceAreRefused() {
    passwords.setBusy(true);
    for (Answer answer : new Answer[] {register(ME), logIn(ROOT, PASSWORD)}) {
      ProblemAssert.isProblem(answer, 503);
      assertThat(answer.header("Retry-After")).isNotEmpty();
    }
    passwords.setBusy(false);
    assertThat(logIn(ROOT, PASSWORD).status()).isEqualTo(200);
  }

  @Test
  void withoutADatabaseNobodyLogsIn() {
    accounts.setReachable(false);
    try (var log = new LogCapture()) {
      for (Answer answer : new Answer[] {register(ME), logIn(ROOT, PASSWORD)}) {
        ProblemAssert.isProblem(answer, 503);
        assertThat(answer.header("Retry-After")).isNotEmpty();
      }
      assertThat(log.lines()).noneMatch(line -> line.contains("@") || line.contains("horse"));
    }
  }

  static Stream<Arguments> badBodies() {
    String good = "\"email\":\"a@b\",\"password\":\"" + PASSWORD + "\"";
    return Stream.of(
        body("login", "[]", 400),
        body("login", "null", 400),
        body("login", "{", 400),
        body("login", "{\"email\":\"a@b\",\"email\":\"a@b\",\"password\":\"x\"}", 400),
        body("login", "{}", 422, "/email", "/password"),
        body("login", "{\"email\":null,\"password\":null}", 422, "/email", "/password"),
        body("login", "{\"email\":1,\"password\":true}", 422, "/email", "/password"),
        body("login", "{\"email\":[],\"password\":{}}", 422, "/email", "/password"),
        body("login", "{\"email\":\"a\",\"password\":\"x\"}", 422, "/email"),
        body("login", "{\"email\":\"a@b@c\",\"password\":\"x\"}", 422, "/email"),
        body("login", "{\"email\":\"a@b\\u0000\",\"password\":\"x\"}", 422, "/email"),
        body(
            "login", "{\"email\":\"" + "a".repeat(255) + "@b\",\"password\":\"x\"}", 422, "/email"),
        body("login", "{\"email\":\"a@b\",\"password\":\"\"}", 422, "/password"),
        body("login", "{\"email\":\"a@b\",\"password\":\"a\\u0000b\"}", 422, "/password"),
        body("login", "{\"email\":\"a@b\",\"password\":\"\\ud800aaaaaaaaaaaa\"}", 422, "/password"),
        body(
            "login",
            "{\"email\":\"a@b\",\"password\":\"" + "x".repeat(201) + "\"}",
            422,
            "/password"),
        body("login", "{" + good + ",\"otp\":1}", 422, "/otp"),
        body("register", "{\"email\":\"a@b\",\"password\":\"eleven char\"}", 422, "/password"),
        body(
            "register",
            "{\"email\":\"\",\"password\":\"short\",\"a/b\":1}",
            422,
            "/email",
            "/password",
            "/a~1b"),
        body("register", "{" + good + ",\"role\":\"operator\"}", 422, "/role"),
        body("accounts", "{}", 422, "/email", "/password", "/role"),
        body("accounts", "{" + good + ",\"role\":\"admin\"}", 422, "/role"),
        body("accounts", "{" + good + ",\"role\":7}", 422, "/role"),
        body("accounts", "{" + good + ",\"role\":\"merchant\"}", 422, "/merchant_id"),
        body(
            "accounts",
            "{" + good + ",\"role\":\"merchant\",\"merchant_id\":\"\"}",
            422,
            "/merchant_id"),
        body(
            "accounts",
            "{" + good + ",\"role\":\"operator\",\"merchant_id\":\"m\"}",
            422,
            "/merchant_id"),
        body(
            "accounts", "{" + good + ",\"role\":\"operator\",\"subject\":\"s\"}", 422, "/subject"));
  }

  private static Arguments body(String path, String body, int status, String... pointers) {
    return Arguments.of("/auth/" + path, body, status, Set.of(pointers));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("badBodies")
  void isRefusedWithEveryViolation(String path, String body, int status, Set<String> pointers) {
    try (var log = new LogCapture()) {
      Answer answer = post(token(ROOT), path, body);
      ProblemAssert.isProblem(answer, status);
      Set<String> named = new TreeSet<>();
      answer.json().path("errors").forEach(error -> named.add(error.get("pointer").asText()));
      assertThat(named).isEqualTo(pointers);
      if (status == 422) {
        assertThat(answer.json().get("type").asText()).isEqualTo("/problems/invalid-account");
      }
      assertThat(log.lines()).isEmpty();
    }
  }
}
