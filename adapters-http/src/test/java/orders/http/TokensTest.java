package orders.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.DirectEncrypter;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import orders.http.TestServer.Answer;
import orders.http.auth.BearerAuthentication;
import orders.http.auth.SharedSecret;
import orders.http.auth.TokenRules;
import orders.http.wire.Json;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Tokens with a shared secret, of which the server takes the good ones and no others.
final class TokensTest {
  private static final TokenRules RULES =
      new TokenRules(Optional.of("https://id.example"), Optional.of("orders"));
  private static final Map<String, Object> GOOD =
      Tokens.with(
          Tokens.with(Tokens.claims("storefront", "shop"), "iss", "https://id.example"),
          "aud",
          "orders");
  private static final long NOW = Tokens.NOW.getEpochSecond();

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = server(RULES);
  }

  private static TestServer server(TokenRules rules) {
    return new TestServer(
        TestServer.Setup.USUAL
            .with(TestServer.WITHOUT_RATES)
            .with(new BearerAuthentication(new SharedSecret(Tokens.SECRET), rules, Tokens.CLOCK)));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Arguments claims(String what, Map<String, Object> claims) {
    return arguments(what, "Bearer " + Tokens.hs256(claims));
  }

  private static Arguments with(String name, Object value) {
    return claims(name + " " + value, Tokens.with(GOOD, name, value));
  }

  private static Arguments without(String name) {
    return claims("no " + name, Tokens.without(GOOD, name));
  }

  private static Arguments token(String what, String token) {
    return arguments(what, "Bearer " + token);
  }

  private static String withHeader(JWSHeader header) {
    return Tokens.signed(
        header, Json.write(GOOD), Tokens.hmac(Tokens.SECRET.value().getBytes(UTF_8)));
  }

  static Stream<Arguments> badTokens() throws JOSEException {
    String good = Tokens.hs256(GOOD);
    RSAKey theirs = new RSAKeyGenerator(2048).keyID("theirs").generate();
    var rs256 = new JWSHeader.Builder(JWSAlgorithm.RS256);
    var signer = new RSASSASigner(theirs);
    String[] parts = good.split("\\.", -1);
    return Stream.of(
        claims(
            "nobody in particular",
            Tokens.with(Tokens.with(GOOD, "role", "operator"), "sub", "anybody")),
        token("alg none", Tokens.unsigned("{\"alg\":\"none\"}", GOOD)),
        token("alg None", Tokens.unsigned("{\"alg\":\"None\"}", GOOD)),
        token("alg none with a signature", Tokens.unsigned("{\"alg\":\"none\"}", GOOD) + parts[2]),
        token("alg missing", Tokens.unsigned("{}", GOOD) + parts[2]),
        token("alg a number", Tokens.unsigned("{\"alg\":1}", GOOD) + parts[2]),
        token("alg twice", Tokens.unsigned("{\"alg\":\"HS256\",\"alg\":\"none\"}", GOOD)),
        token(
            "wrong key", Tokens.hs256("another secret of thirty-two bytes".getBytes(UTF_8), GOOD)),
        token("HS384", withHeader(JWSAlgorithm.HS384)),
        token("HS512", withHeader(JWSAlgorithm.HS512)),
        token("RS256", Tokens.signed(rs256.build(), Json.write(GOOD), signer)),
        token(
            "jwk",
            Tokens.signed(rs256.jwk(theirs.toPublicJWK()).build(), Json.write(GOOD), signer)),
        token(
            "jku",
            Tokens.signed(
                rs256.jwk(null).jwkURL(URI.create("http://127.0.0.1:9/")).build(),
                Json.write(GOOD),
                signer)),
        token(
            "x5u",
            Tokens.signed(
                rs256.x509CertURL(URI.create("http://127.0.0.1:9/")).build(),
                Json.write(GOOD),
                signer)),
        token(
            "crit",
            withHeader(
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                    .criticalParams(Set.of("x"))
                    .customParam("x", 1)
                    .build())),
        token(
            "b64 false",
            withHeader(
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                    .criticalParams(Set.of("b64"))
                    .base64URLEncodePayload(true)
                    .build())),
        claims("expired", Tokens.with(GOOD, "exp", NOW - 30)),
        claims("expired long ago", Tokens.with(GOOD, "exp", 0)),
        without("exp"),
        with("exp", String.valueOf(NOW + 100)),
        with("exp", true),
        with("exp", -1),
        with("exp", Long.MAX_VALUE),
        with("exp", 1e300),
        with("exp", Map.of()),
        with("nbf", NOW + 31),
        with("nbf", "now"),
        with("iat", NOW + 31),
        with("iat", List.of(NOW)),
        without("iss"),
        with("iss", "https://id.example.attacker"),
        with("iss", List.of("https://id.example")),
        without("aud"),
        with("aud", "other"),
        with("aud", List.of("other", "another")),
        with("aud", List.of()),
        with("aud", List.of(1, List.of("orders"))),
        with("aud", Map.of("orders", true)),
        without("role"),
        with("role", "admin"),
        with("role", "OPERATOR"),
        with("role", " operator"),
        with("role", ""),
        with("role", 3),
        with("role", List.of("operator")),
        with("role", "merchant"),
        claims(
            "merchant of nobody",
            Tokens.with(Tokens.with(GOOD, "role", "merchant"), "merchant_id", " ")),
        claims(
            "merchant of a number",
            Tokens.with(Tokens.with(GOOD, "role", "merchant"), "merchant_id", 7)),
        claims(
            "merchant of too much",
            Tokens.with(Tokens.with(GOOD, "role", "merchant"), "merchant_id", "m".repeat(257))),
        without("sub"),
        with("sub", ""),
        with("sub", " \t"),
        with("sub", "s".repeat(201)),
        with("sub", "a\u0000b"),
        with("sub", 7),
        with("sub", List.of("shop")),
        token("claims that are a list", signed("[]")),
        token("claims that are text", signed("\"operator\"")),
        token("claims that are nothing", signed("null")),
        token("claims that are no JSON", signed("{\"sub\":")),
        token(
            "claims twice",
            signed(
                new String(Json.write(GOOD), UTF_8)
                    .replaceFirst("\\{", "{\"role\":\"operator\","))),
        token(
            "half a surrogate",
            signed(new String(Json.write(GOOD), UTF_8).replace("\"shop\"", "\"\\ud800\""))),
        token("deep claims", signed("[".repeat(2_000) + "]".repeat(2_000))),
        token("truncated signature", good.substring(0, good.length() - 3)),
        token("no signature", parts[0] + "." + parts[1] + "."),
        token("no last part", parts[0] + "." + parts[1]),
        token("four parts", good + ".x"),
        token(
            "signature of another",
            parts[0]
                + "."
                + parts[1]
                + "."
                + Tokens.hs256(Tokens.with(GOOD, "sub", "x")).split("\\.", -1)[2]),
        token(
            "other claims",
            parts[0]
                + "."
                + Tokens.base64(Json.write(Tokens.with(GOOD, "role", "operator")))
                + "."
                + parts[2]),
        token("padding", good + "="),
        token("a space inside", good.replaceFirst("\\.", ". ")),
        token("two tokens", good + " " + good),
        token("two tokens with a comma", good + "," + good),
        token("encrypted", encrypted()),
        token("garbage", "garbage"),
        token("dots", ".."),
        token(
            "header that is no JSON",
            Tokens.base64("nothing".getBytes(UTF_8)) + "." + parts[1] + "." + parts[2]),
        token("quotes", "\"" + good + "\""),
        token("bytes", "%ff%fe.%00.'"),
        token("7 KB", "a".repeat(7_000)),
        arguments("empty", "Bearer"),
        arguments("empty after a space", "Bearer "));
  }

  private static String withHeader(JWSAlgorithm algorithm) {
    byte[] secret = (Tokens.SECRET.value() + Tokens.SECRET.value()).getBytes(UTF_8);
    return Tokens.signed(new JWSHeader(algorithm), Json.write(GOOD), Tokens.hmac(secret));
  }

  private static String signed(String payload) {
    return Tokens.signed(
        new JWSHeader(JWSAlgorithm.HS256),
        payload.getBytes(UTF_8),
        Tokens.hmac(Tokens.SECRET.value().getBytes(UTF_8)));
  }

  private static String encrypted() throws JOSEException {
    var token =
        new JWEObject(
            new JWEHeader(JWEAlgorithm.DIR, EncryptionMethod.A128GCM),
            new Payload(Json.write(GOOD)));
    token.encrypt(new DirectEncrypter("sixteen bytes ok".getBytes(UTF_8)));
    return token.serialize();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badTokens")
  void isRefused(String what, String header) {
    try (var log = new LogCapture()) {
      Answer answer = server.get("/orders", "Authorization", header);
      assertThat(answer.status()).as(what + ": " + answer.text()).isEqualTo(401);
      assertThat(answer.header("WWW-Authenticate"))
          .isEqualTo("Bearer realm=\"orders\", error=\"invalid_token\"");
      ProblemAssert.isProblem(answer, 401);
      assertThat(answer.text())
          .isEqualTo(
              "{\"type\":\"/problems/unauthorized\",\"title\":\"Who asks is not known\",\"status\":401,\"detail\":\"The token is not valid.\"}");
      assertThat(log.lines()).isEmpty();
    }
  }

  @Test
  void withoutATokenOneIsAskedFor() {
    for (Answer answer :
        List.of(
            server.get("/orders"),
            server.get("/orders", "Authorization", "Basic b3BlcmF0b3I6c2VjcmV0"),
            server.post("/orders", TestServer.GOOD_ORDER))) {
      ProblemAssert.isProblem(answer, 401);
      assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"orders\"");
    }
    assertThat(server.store.size()).isZero();
  }

  @Test
  void twoHeadersAreOneTooMany() throws Exception {
    String header = "Authorization: Bearer " + Tokens.hs256(GOOD) + "\r\n";
    try (RawConnection connection = server.connect()) {
      connection.send("GET /orders HTTP/1.1\r\nHost: a\r\n" + header + header + "\r\n");
      RawAnswer answer = connection.read().orElseThrow();
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.header("WWW-Authenticate").orElse("")).contains("invalid_token");
    }
  }

  @Test
  void aTokenOfManyKilobytesIsRefused() {
    for (int length : new int[] {8_193, 100_000}) {
      Answer answer = server.get("/orders", "Authorization", "Bearer " + "a".repeat(length));
      assertThat(answer.status()).isIn(401, 431);
    }
  }

  static Stream<Arguments> goodTokens() {
    return Stream.of(
        claims("as it should be", GOOD),
        claims("for several", Tokens.with(GOOD, "aud", List.of("other", "orders"))),
        claims("expired within the skew", Tokens.with(GOOD, "exp", NOW - 29)),
        claims("from a clock that is ahead", Tokens.with(GOOD, "nbf", NOW + 30)),
        claims("not before a while ago", Tokens.with(GOOD, "nbf", NOW - 15)),
        claims("with a fraction", Tokens.with(GOOD, "exp", NOW + 100.5)),
        claims("without iat", Tokens.without(GOOD, "iat")),
        claims("with more in it", Tokens.with(GOOD, "scope", List.of("a", Map.of("b", 1)))),
        claims("the longest subject", Tokens.with(GOOD, "sub", "🍕".repeat(200))),
        arguments("lower case", "bearer " + Tokens.hs256(GOOD)),
        arguments("upper case and spaces", "BEARER   " + Tokens.hs256(GOOD)),
        token(
            "with a kid",
            withHeader(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("../../../dev/null").build())));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("goodTokens")
  void isTaken(String what, String header) {
    Answer answer = server.get("/orders", "Authorization", header);
    assertThat(answer.status()).as(what + ": " + answer.text()).isEqualTo(200);
  }

  @Test
  void withoutRulesAnyIssuerAndAudienceWillDo() {
    try (TestServer open = server(TokenRules.NONE)) {
      for (Map<String, Object> claims : List.of(GOOD, Tokens.claims("customer", "c"))) {
        assertThat(open.get("/orders", "Authorization", "Bearer " + Tokens.hs256(claims)).status())
            .isEqualTo(200);
      }
    }
  }

  @Test
  void everybodyIsToldWhoTheyAre() {
    String merchant =
        Tokens.hs256(Tokens.with(Tokens.with(GOOD, "role", "merchant"), "merchant_id", "bakery"));
    assertThat(server.get("/auth/me", "Authorization", "Bearer " + merchant).text())
        .isEqualTo(
            "{\"subject\":\"shop\",\"email\":null,\"role\":\"merchant\",\"merchant_id\":\"bakery\"}");
    try (TestServer off = new TestServer()) {
      assertThat(off.get("/auth/me").text())
          .isEqualTo(
              "{\"subject\":\"anybody\",\"email\":null,\"role\":\"operator\",\"merchant_id\":null}");
    }
  }

  @Test
  void withoutOwnAccountsThereIsNothingToLogInTo() {
    for (String path : List.of("/auth/login", "/auth/register", "/auth/accounts")) {
      assertThat(server.post(path, "{}").text()).isEqualTo(server.post("/nowhere", "{}").text());
    }
  }
}
