package orders.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static orders.application.fake.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.javalin.http.HandlerType;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import orders.application.fake.FakePasswords;
import orders.application.fake.InMemoryAccounts;
import orders.application.fake.ScriptedPartner;
import orders.application.login.LoginThrottle;
import orders.application.port.Partner.Result;
import orders.application.port.Role;
import orders.application.usecase.CreateAccount;
import orders.application.usecase.FindAccount;
import orders.application.usecase.LogIn;
import orders.application.usecase.RegisterAccount;
import orders.domain.Reason;
import orders.http.TestServer.Answer;
import orders.http.access.Access;
import orders.http.auth.BearerAuthentication;
import orders.http.auth.SharedSecret;
import orders.http.auth.TokenIssuer;
import orders.http.auth.TokenRules;
import orders.http.wire.Json;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every route that there is, asked by every role, about an order of its own, one of others, and
/// one that does not exist. A route that is not in the table below fails.
final class AccessMatrixTest {
  private static final String UNKNOWN = UUID.randomUUID().toString();

  /// Of all that orders are asked for and about, whose answer is looked at.
  private enum Rule {
    /// No order is named, and who may use it is all there is to say.
    ROLE_ALONE,
    /// What is seen is an order by its id; 404 for what one may not see.
    BY_ID,
    /// A page of orders, of which one sees one's own.
    PAGE,
    /// Places an order.
    PLACE,
    /// A stream of what happens to all orders, of which one sees one's own.
    FEED
  }

  /// What is expected of each route, beside what its access says.
  private static final Map<String, Rule> RULES =
      Map.ofEntries(
          Map.entry("POST /orders", Rule.PLACE),
          Map.entry("GET /orders", Rule.PAGE),
          Map.entry("GET /orders/{id}", Rule.BY_ID),
          Map.entry("GET /orders/{id}/events", Rule.BY_ID),
          Map.entry("POST /orders/{id}/cancel", Rule.BY_ID),
          Map.entry("POST /orders/{id}/retry", Rule.BY_ID),
          Map.entry("GET /events", Rule.FEED),
          Map.entry("GET /metrics", Rule.ROLE_ALONE),
          Map.entry("GET /auth/me", Rule.ROLE_ALONE),
          Map.entry("POST /auth/accounts", Rule.ROLE_ALONE));

  /// Those who ask. Each has an order of its own; the operator has nothing to do with any.
  private static String token(Role role) {
    return switch (role) {
      case STOREFRONT -> Tokens.of("storefront", "shop");
      case CUSTOMER -> Tokens.of("customer", "carol");
      case MERCHANT -> Tokens.ofMerchant("baker", "bakery");
      case OPERATOR -> Tokens.of("operator", "root");
    };
  }

  private static final String OTHER_SHOP = Tokens.of("storefront", "other shop");

  private static TestServer server;

  /// With accounts, so that all routes there can be are there.
  static TestServer guardedServer() {
    var accounts = new InMemoryAccounts();
    var passwords = new FakePasswords();
    return new TestServer(
        TestServer.Setup.USUAL
            .with(TestServer.WITHOUT_RATES)
            .with(
                new BearerAuthentication(
                    new SharedSecret(Tokens.SECRET), TokenRules.NONE, Tokens.CLOCK))
            .with(
                new OwnAccounts(
                    new RegisterAccount(accounts, passwords, () -> "subject"),
                    new LogIn(accounts, passwords, new LoginThrottle(Tokens.CLOCK)),
                    new CreateAccount(accounts, passwords, () -> "subject"),
                    new FindAccount(accounts),
                    new TokenIssuer(Tokens.SECRET, TokenRules.NONE, Tokens.CLOCK))));
  }

  @BeforeAll
  static void start() {
    server = guardedServer();
    server.partner.answers(call ->
        call.order().purchase().merchant().value().equals("main")
            ? ScriptedPartner.done(call)
            : new Result.Declined(Reason.of("no")));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Answer send(HandlerType method, String path, Optional<String> token, String body) {
    var request = server.request(path).header("Content-Type", "application/json");
    token.ifPresent(is -> request.header("Authorization", "Bearer " + is));
    return server.send(
        switch (method.name()) {
          case "GET" -> request.GET();
          default -> request.method(method.name(), BodyPublishers.ofString(body));
        });
  }

  private static String order(String customer, String merchant) {
    return """
    {"customer_id": "%s", "merchant_id": "%s", "reference": "ref of %1$s", "items": [{"sku": "s", "quantity": 1, "unit_price": 1}]}\
    """
        .formatted(customer, merchant);
  }

  private static String place(String token, String customer, String merchant) {
    Answer placed =
        send(HandlerType.POST, "/orders", Optional.of(token), order(customer, merchant));
    assertThat(placed.status()).as(placed.text()).isEqualTo(201);
    String id = placed.json().get("id").asText();
    eventually(
        "it has ended",
        () ->
            Set.of("completed", "failed")
                .contains(
                    send(HandlerType.GET, "/orders/" + id, Optional.of(token), "")
                        .json()
                        .get("status")
                        .asText()));
    return id;
  }

  /// An order that `role` may see, in each of the ways that there are; failed, so that it can be
  /// retried.
  private static String ownOrder(Role role) {
    return switch (role) {
      case STOREFRONT -> place(token(Role.STOREFRONT), "somebody", "nobody");
      case CUSTOMER -> place(OTHER_SHOP, "carol", "nobody");
      case MERCHANT -> place(OTHER_SHOP, "somebody", "bakery");
      case OPERATOR -> place(OTHER_SHOP, "somebody", "nobody");
    };
  }

  private static String othersOrder() {
    return place(OTHER_SHOP, "somebody", "nobody");
  }

  record Cell(Route route, Role role) {
    @Override
    public String toString() {
      return route.method() + " " + route.path() + " as " + role.word();
    }
  }

  static Stream<Cell> everyRouteAndRole() {
    return server.http.routes().stream()
        .flatMap(route -> Stream.of(Role.values()).map(role -> new Cell(route, role)));
  }

  @ParameterizedTest
  @MethodSource("everyRouteAndRole")
  void answersAsItsRulesSay(Cell cell) {
    switch (cell.route.access()) {
      case Access.Public _ -> assertAnybodyMayUse(cell.route);
      case Access.Roles(Set<Role> roles) -> {
        Rule rule =
            Optional.ofNullable(RULES.get(cell.route.method() + " " + cell.route.path()))
                .orElseThrow(() -> new AssertionError("there is no rule for " + cell.route));
        assertNobodyUnknownMayUse(cell.route);
        if (roles.contains(cell.role)) {
          assertMayUse(cell, rule);
        } else {
          assertMayNotUse(cell);
        }
      }
    }
  }

  private static void assertAnybodyMayUse(Route route) {
    assertThat(route.path()).startsWith("/").doesNotStartWith("/orders").isNotEqualTo("/auth/me");
    Answer answer =
        send(route.method(), route.path().replaceAll("\\{\\w+}", UNKNOWN), Optional.empty(), "{}");
    assertThat(answer.status()).isNotIn(401, 403, 500);
  }

  private static void assertNobodyUnknownMayUse(Route route) {
    for (Optional<String> token :
        List.of(
            Optional.<String>empty(),
            Optional.of(
                Tokens.unsigned("{\"alg\":\"none\"}", Tokens.claims("operator", "root"))))) {
      Answer answer = send(route.method(), route.path().replace("{id}", UNKNOWN), token, "{}");
      ProblemAssert.isProblem(answer, 401);
    }
  }

  private static void assertMayNotUse(Cell cell) {
    String own = ownOrder(cell.role);
    List<Answer> answers = new ArrayList<>();
    for (String id : List.of(own, othersOrder(), UNKNOWN)) {
      answers.add(ask(cell, id));
    }
    for (Answer answer : answers) {
      ProblemAssert.isProblem(answer, 403);
      assertThat(answer.text()).isEqualTo(answers.getFirst().text());
    }
  }

  private static Answer ask(Cell cell, String id) {
    return send(
        cell.route.method(),
        cell.route.path().replace("{id}", id),
        Optional.of(token(cell.role)),
        "");
  }

  private static void assertMayUse(Cell cell, Rule rule) {
    switch (rule) {
      case ROLE_ALONE -> assertThat(ask(cell, "").status()).isNotIn(401, 403, 404, 500);
      case BY_ID -> {
        assertThat(ask(cell, ownOrder(cell.role)).status()).isIn(200, 202, 409);
        Answer others = ask(cell, othersOrder());
        Answer unknown = ask(cell, UNKNOWN);
        assertThat(unknown.status()).isEqualTo(404);
        if (cell.role == Role.OPERATOR) {
          assertThat(others.status()).isIn(200, 202, 409);
        } else {
          assertThat(others.status()).isEqualTo(404);
          assertThat(others.text()).isEqualTo(unknown.text());
        }
      }
      case PAGE -> assertPagesHoldOnlyWhatIsSeen(cell.role);
      case PLACE -> assertPlaces(cell.role);
      case FEED -> assertFeedTellsOnlyWhatIsSeen(cell.role);
    }
  }

  private static void assertFeedTellsOnlyWhatIsSeen(Role role) {
    try (LiveStream feed =
        LiveStream.open(server, "/events", "Authorization", "Bearer " + token(role))) {
      assertThat(feed.status()).isEqualTo(200);
      String others = othersOrder();
      String own = ownOrder(role);
      Set<String> told = new HashSet<>();
      while (!told.contains(own)) {
        String data = feed.event().orElseThrow().data();
        told.add(Json.read(data.getBytes(UTF_8)).get("order_id").asText());
      }
      assertThat(told.contains(others)).isEqualTo(role == Role.OPERATOR);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> ids(Role role, String query) {
    Answer answer =
        send(HandlerType.GET, "/orders?limit=200" + query, Optional.of(token(role)), "");
    assertThat(answer.status()).isEqualTo(200);
    List<String> ids = new ArrayList<>();
    answer.json().get("data").forEach(order -> ids.add(order.get("id").asText()));
    return ids;
  }

  private static void assertPagesHoldOnlyWhatIsSeen(Role role) {
    String own = ownOrder(role);
    String others = othersOrder();
    for (String query :
        List.of(
            "",
            "&status=failed",
            "&customer_id=somebody",
            "&customer_id=carol",
            "&merchant_id=nobody",
            "&merchant_id=bakery",
            "&reference=ref+of+somebody",
            "&reference=ref+of+carol",
            "&created_from=2000-01-01T00:00:00Z",
            "&customer_id=somebody&merchant_id=nobody&status=failed")) {
      List<String> seen = ids(role, query);
      if (role == Role.OPERATOR) {
        assertThat(seen).as(query).isNotNull();
      } else {
        assertThat(seen).as(query).doesNotContain(others);
      }
    }
    assertThat(ids(role, "")).contains(own);
    if (role == Role.OPERATOR) {
      assertThat(ids(role, "")).contains(others);
    }
    if (role == Role.CUSTOMER) {
      assertThat(ids(role, "&customer_id=somebody")).isEmpty();
    }
    if (role == Role.MERCHANT) {
      assertThat(ids(role, "&merchant_id=nobody")).isEmpty();
    }
  }

  private static void assertPlaces(Role role) {
    Optional<String> token = Optional.of(token(role));
    assertThat(send(HandlerType.POST, "/orders", token, order("carol", "main")).status())
        .isEqualTo(201);
    Answer forAnother = send(HandlerType.POST, "/orders", token, order("somebody", "main"));
    if (role == Role.CUSTOMER) {
      ProblemAssert.isProblem(forAnother, 403);
      assertThat(forAnother.json().get("errors").get(0).get("pointer").asText())
          .isEqualTo("/customer_id");
    } else {
      assertThat(forAnother.status()).isEqualTo(201);
    }
  }

  @Test
  void oneKeyIsAnotherForEachWhoPlaces() {
    List<String> placers =
        List.of(
            token(Role.STOREFRONT),
            OTHER_SHOP,
            token(Role.CUSTOMER),
            token(Role.OPERATOR),
            // The same subject in another role is somebody else.
            Tokens.of("storefront", "root"));
    List<String> ids = new ArrayList<>();
    for (String token : placers) {
      String first = placeUnderKey(token, order("carol", "main"));
      assertThat(placeUnderKey(token, order("carol", "main"))).isEqualTo(first);
      ids.add(first);
    }
    assertThat(ids).doesNotHaveDuplicates();
  }

  private static String placeUnderKey(String token, String body) {
    Answer placed =
        server.send(
            server
                .request("/orders")
                .headers(
                    "Content-Type", "application/json",
                    "Authorization", "Bearer " + token,
                    "Idempotency-Key", "one-key")
                .POST(BodyPublishers.ofString(body)));
    assertThat(placed.status()).as(placed.text()).isEqualTo(201);
    return placed.json().get("id").asText();
  }

  @Test
  void whatIsNotSeenIsNotMovedEither() {
    String others = othersOrder();
    Optional<String> operator = Optional.of(token(Role.OPERATOR));
    Answer before = send(HandlerType.GET, "/orders/" + others, operator, "");
    for (Role role : List.of(Role.STOREFRONT, Role.CUSTOMER)) {
      Optional<String> token = Optional.of(token(role));
      assertThat(send(HandlerType.POST, "/orders/" + others + "/cancel", token, "").status())
          .isEqualTo(404);
    }
    for (Role role : List.of(Role.STOREFRONT, Role.CUSTOMER, Role.MERCHANT)) {
      Optional<String> token = Optional.of(token(role));
      assertThat(send(HandlerType.POST, "/orders/" + others + "/retry", token, "").status())
          .isEqualTo(403);
    }
    assertThat(send(HandlerType.GET, "/orders/" + others, operator, "").text())
        .isEqualTo(before.text());
  }

  @Test
  void allRulesAreAboutRoutesThatThereAre() {
    assertThat(
            server.http.routes().stream()
                .filter(route -> route.access() instanceof Access.Roles)
                .map(route -> route.method() + " " + route.path()))
        .containsExactlyInAnyOrderElementsOf(RULES.keySet());
  }
}
