package orders.http;

import static orders.application.fake.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.opts.AllowWeakRSAKey;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import orders.http.TestServer.Answer;
import orders.http.auth.BearerAuthentication;
import orders.http.auth.RemoteKeysForTests;
import orders.http.auth.TokenKeys;
import orders.http.auth.TokenRules;
import orders.http.wire.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Tokens of an identity provider, and what becomes of them when it changes its keys or is away.
final class JwksTest {
  private static final Map<String, Object> CLAIMS = Tokens.claims("storefront", "shop");

  private static final RSAKey RSA = rsa("rsa-1", 2048);
  private static final RSAKey NEXT_RSA = rsa("rsa-2", 2048);
  private static final ECKey EC = ec("ec-1", Curve.P_256);

  private final JwksServer provider = new JwksServer(set(RSA, EC));
  private TokenKeys keys = keys(Duration.ofHours(1), Duration.ofMillis(50), Duration.ZERO);
  private TestServer server = server();

  @AfterEach
  void stop() {
    server.close();
    keys.close();
    provider.close();
  }

  private TokenKeys keys(Duration refresh, Duration retry, Duration again) {
    return RemoteKeysForTests.of(provider.address(), refresh, retry, again);
  }

  private TestServer server() {
    return new TestServer(
        TestServer.Setup.USUAL.with(new BearerAuthentication(keys, TokenRules.NONE, Tokens.CLOCK)));
  }

  /// Starts anew, with a provider that does something else.
  private void restart(Duration refresh, Duration retry, Duration again) {
    server.close();
    keys.close();
    keys = keys(refresh, retry, again);
    server = server();
  }

  private static RSAKey rsa(String id, int bits) {
    try {
      return new RSAKeyGenerator(bits, true).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ECKey ec(String id, Curve curve) {
    try {
      return new ECKeyGenerator(curve).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String set(JWK... keys) {
    return new JWKSet(List.of(keys)).toString();
  }

  private static JWSHeader.Builder header(JWSAlgorithm algorithm) {
    return new JWSHeader.Builder(algorithm);
  }

  private static String signed(JWSHeader header, JWK key) {
    try {
      JWSSigner signer =
          key instanceof RSAKey rsa
              ? new RSASSASigner(rsa.toPrivateKey(), Set.of(AllowWeakRSAKey.getInstance()))
              : new ECDSASigner(key.toECKey());
      return Tokens.signed(header, Json.write(CLAIMS), signer);
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String rs256(RSAKey key) {
    return signed(header(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), key);
  }

  private static String es256(ECKey key) {
    return signed(header(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(), key);
  }

  private Answer get(String token) {
    return server.get("/orders", "Authorization", "Bearer " + token);
  }

  private void assertRefused(String token) {
    Answer answer = get(token);
    assertThat(answer.status()).as(answer.text()).isEqualTo(401);
    assertThat(answer.header("WWW-Authenticate")).contains("error=\"invalid_token\"");
  }

  @Test
  void bothAlgorithmsAreTaken() {
    assertThat(get(rs256(RSA)).status()).isEqualTo(200);
    assertThat(get(es256(EC)).status()).isEqualTo(200);
  }

  @Test
  void noOtherAlgorithmIs() throws Exception {
    byte[] pem =
        ("-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                    .encodeToString(RSA.toRSAPublicKey().getEncoded())
                + "\n-----END PUBLIC KEY-----\n")
            .getBytes(StandardCharsets.UTF_8);
    JWSHeader hs256 = header(JWSAlgorithm.HS256).keyID("rsa-1").build();
    assertRefused(Tokens.signed(hs256, Json.write(CLAIMS), Tokens.hmac(pem)));
    assertRefused(
        Tokens.signed(hs256, Json.write(CLAIMS), Tokens.hmac(RSA.toRSAPublicKey().getEncoded())));
    assertRefused(Tokens.signed(hs256, Json.write(CLAIMS), Tokens.hmac(RSA.getModulus().decode())));
    assertRefused(signed(header(JWSAlgorithm.RS512).keyID("rsa-1").build(), RSA));
    assertRefused(signed(header(JWSAlgorithm.PS256).keyID("rsa-1").build(), RSA));
    assertRefused(Tokens.unsigned("{\"alg\":\"none\",\"kid\":\"rsa-1\"}", CLAIMS));
    assertRefused(Tokens.hs256(CLAIMS));
  }

  @Test
  void aKidOnlyChoosesAmongTheKeysThatThereAre() {
    assertRefused(signed(header(JWSAlgorithm.RS256).keyID("unknown").build(), RSA));
    assertRefused(signed(header(JWSAlgorithm.RS256).keyID("../../etc/passwd").build(), RSA));
    assertRefused(
        signed(header(JWSAlgorithm.RS256).keyID(provider.address().toString()).build(), RSA));
    assertRefused(signed(header(JWSAlgorithm.RS256).keyID("' or '1'='1").build(), RSA));
    assertRefused(signed(header(JWSAlgorithm.RS256).keyID("ec-1").build(), RSA));
    assertRefused(signed(header(JWSAlgorithm.RS256).keyID("rsa-1").build(), NEXT_RSA));
    assertThat(get(signed(header(JWSAlgorithm.RS256).build(), RSA)).status()).isEqualTo(200);
    assertRefused(signed(header(JWSAlgorithm.RS256).build(), NEXT_RSA));
  }

  @Test
  void keysInATokenAreNotLookedAt() throws Exception {
    try (JwksServer attacker = new JwksServer(set(NEXT_RSA))) {
      assertRefused(
          signed(
              header(JWSAlgorithm.RS256).keyID("rsa-2").jwkURL(attacker.address()).build(),
              NEXT_RSA));
      assertRefused(
          signed(
              header(JWSAlgorithm.RS256).keyID("rsa-2").x509CertURL(attacker.address()).build(),
              NEXT_RSA));
      assertRefused(
          signed(
              header(JWSAlgorithm.RS256).keyID("rsa-1").jwk(NEXT_RSA.toPublicJWK()).build(),
              NEXT_RSA));
      assertThat(attacker.fetches()).isZero();
    }
  }

  @Test
  void keysThatAreWeakOrForSomethingElseAreLeftOut() throws Exception {
    RSAKey weak = rsa("weak", 1024);
    RSAKey forEncryption = new RSAKey.Builder(NEXT_RSA).keyUse(KeyUse.ENCRYPTION).build();
    RSAKey forAnother = new RSAKey.Builder(rsa("ps", 2048)).algorithm(JWSAlgorithm.PS256).build();
    provider.shows(set(RSA, weak, forEncryption, forAnother, ec("p384", Curve.P_384)));
    restart(Duration.ofHours(1), Duration.ofMillis(50), Duration.ofHours(1));
    assertThat(get(rs256(RSA)).status()).isEqualTo(200);
    assertRefused(rs256(weak));
    assertRefused(rs256(forEncryption));
    assertRefused(rs256(forAnother));
  }

  @Test
  void aNewKeyIsTakenAtOnceAndAnOldOneNoMore() {
    assertThat(get(rs256(RSA)).status()).isEqualTo(200);
    provider.shows(set(NEXT_RSA));
    assertThat(get(rs256(NEXT_RSA)).status()).isEqualTo(200);
    assertRefused(rs256(RSA));
  }

  @Test
  void namesOfKeysThatAreMadeUpHaveTheProviderAskedRarely() {
    restart(Duration.ofHours(1), Duration.ofMillis(50), Duration.ofHours(1));
    assertThat(get(rs256(RSA)).status()).isEqualTo(200);
    int before = provider.fetches();
    for (int i = 0; i < 50; i++) {
      assertRefused(signed(header(JWSAlgorithm.RS256).keyID("made-up-" + i).build(), RSA));
    }
    assertThat(provider.fetches()).isEqualTo(before);
  }

  @Test
  void whileTheProviderIsAwayTheOldKeysGoOn() {
    restart(Duration.ofMillis(20), Duration.ofMillis(20), Duration.ZERO);
    assertThat(get(rs256(RSA)).status()).isEqualTo(200);
    try (var log = new LogCapture()) {
      for (String broken : List.of("", "[]", "{\"keys\":[]}", "{\"keys\":[{\"kty\":\"RSA\"}]}")) {
        provider.shows(broken);
        awaitFetches(3);
        assertThat(get(rs256(RSA)).status()).isEqualTo(200);
      }
      provider.answers(500);
      awaitFetches(3);
      assertThat(get(rs256(RSA)).status()).isEqualTo(200);
      provider.shows(set(RSA, EC));
      provider.answers(302);
      awaitFetches(3);
      assertThat(get(es256(EC)).status()).isEqualTo(200);
      assertThat(log.lines())
          .hasSizeBetween(1, 4)
          .allMatch(line -> line.contains("cannot be fetched"));
    }
  }

  private void awaitFetches(int more) {
    int enough = provider.fetches() + more;
    eventually("the keys are fetched again", () -> provider.fetches() >= enough);
  }

  @Test
  void withoutAnyKeysTheServerIsNotAbleToSay() {
    provider.answers(500);
    restart(Duration.ofHours(1), Duration.ofMillis(20), Duration.ZERO);
    try (var log = new LogCapture()) {
      Answer answer = get(rs256(RSA));
      ProblemAssert.isProblem(answer, 503);
      assertThat(answer.header("Retry-After")).isNotEmpty();
      assertThat(get("garbage").status()).isEqualTo(401);
      assertThat(server.get("/orders").status()).isEqualTo(401);
      assertThat(server.get("/health").status()).isEqualTo(200);
      assertThat(log.lines()).hasSizeLessThanOrEqualTo(1);
    }
    provider.answers(200);
    eventually("there are keys", () -> get(rs256(RSA)).status() == 200);
  }

  @Test
  void aProviderThatHangsHoldsUpOnlyThoseWhoNeedIt() {
    assertThat(get(rs256(RSA)).status()).isEqualTo(200);
    provider.hang();
    List<CompletableFuture<Answer>> strangers =
        IntStream.range(0, 300)
            .mapToObj(i ->
                server.getLater(
                    "/orders",
                    "Authorization",
                    "Bearer " + signed(header(JWSAlgorithm.RS256).keyID("new-" + i).build(), RSA)))
            .toList();
    assertTimeout(
        Duration.ofSeconds(2),
        () -> {
          for (int i = 0; i < 20; i++) {
            assertThat(get(rs256(RSA)).status()).isEqualTo(200);
          }
          assertThat(get(es256(EC)).status()).isEqualTo(200);
        });
    strangers.forEach(answer -> assertThat(answer.join().status()).isEqualTo(401));
    provider.goOn();
  }

  @Test
  void anAnswerWithoutEndIsCut() {
    String padding = "{\"x\":\"" + "x".repeat(2_000_000) + "\",";
    provider.shows(set(RSA).replaceFirst("\\{", padding));
    restart(Duration.ofHours(1), Duration.ofMillis(20), Duration.ZERO);
    assertThat(get(rs256(RSA)).status()).isEqualTo(503);
  }
}
