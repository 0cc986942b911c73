package orders.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import orders.application.port.EmailAddress;
import orders.application.port.Password;
import orders.http.auth.TokenRules;
import orders.http.auth.TokenSecret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Who may use a server that is set up in this way or that.
final class AccessSettingsTest {
  private static final String SECRET = "thirty-two bytes are the least ..";
  private static final String KEYS = "https://id.example/keys?tenant=7";

  private static AccessSettings read(Map<String, String> environment) throws InvalidSettings {
    return Settings.read(environment).access();
  }

  private static void assertRefused(Map<String, String> environment, String... problems) {
    assertThatThrownBy(() -> Settings.read(environment))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContainingAll(problems);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.8.9.10",
        "localhost",
        "LocalHost",
        "::1",
        "[::1]",
        "0:0:0:0:0:0:0:1"
      })
  void onLoopbackEverybodyMayDoEverything(String host) throws InvalidSettings {
    assertThat(read(Map.of("HOST", host))).isEqualTo(new AccessSettings.Off());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "::",
        "10.0.0.1",
        "orders.example",
        "127.0.0.1.example",
        "localhost.example",
        "1127.0.0.1"
      })
  void elsewhereThatMustBeSaidAloud(String host) throws InvalidSettings {
    assertRefused(
        Map.of("HOST", host), "HOST must be 127.0.0.1", "JWT_SECRET", "JWKS_URL", "AUTH=off");
    assertThat(read(Map.of("HOST", host, "AUTH", "off"))).isEqualTo(new AccessSettings.Off());
    assertThat(read(Map.of("HOST", host, "JWT_SECRET", SECRET)))
        .isInstanceOf(AccessSettings.Secret.class);
    assertThat(read(Map.of("HOST", host, "JWKS_URL", KEYS)))
        .isInstanceOf(AccessSettings.Provider.class);
  }

  @Test
  void aSecretComesWithAccounts() throws InvalidSettings {
    assertThat(
            read(
                Map.of(
                    "JWT_SECRET", SECRET,
                    "JWT_ISSUER", "me",
                    "JWT_AUDIENCE", "orders",
                    "OPERATOR_EMAIL", "Me@Example.com",
                    "OPERATOR_PASSWORD", "hush hush hush")))
        .isEqualTo(
            new AccessSettings.Secret(
                new TokenSecret(SECRET),
                new TokenRules(Optional.of("me"), Optional.of("orders")),
                Optional.of(
                    new AccessSettings.Operator(
                        EmailAddress.parse("me@example.com").orElseThrow(),
                        new Password("hush hush hush")))));
  }

  @Test
  void anIdentityProviderHasItsKeysSomewhere() throws InvalidSettings {
    assertThat(read(Map.of("JWKS_URL", KEYS, "JWT_AUDIENCE", "orders")))
        .isEqualTo(
            new AccessSettings.Provider(
                URI.create(KEYS), new TokenRules(Optional.empty(), Optional.of("orders"))));
  }

  @Test
  void noSecretIsPrinted() throws InvalidSettings {
    assertThat(
            Settings.read(
                    Map.of(
                        "JWT_SECRET", SECRET,
                        "OPERATOR_EMAIL", "me@example.com",
                        "OPERATOR_PASSWORD", "hush hush hush"))
                .toString())
        .doesNotContain(SECRET, "hush", "me@example.com");
  }

  @ParameterizedTest
  @CsvSource({
    "on", "OFF", "none",
  })
  void authIsOffOrNothing(String auth) {
    assertRefused(Map.of("AUTH", auth), "AUTH must be off");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "id.example/keys",
        "ftp://id.example/",
        "https://me:hush@id.example/",
        "https:///keys",
        "file:///etc/passwd",
        "https://id.example/#a",
        "https://id .example"
      })
  void refusesAnAddressOfKeys(String url) {
    assertThatThrownBy(() -> Settings.read(Map.of("JWKS_URL", url)))
        .hasMessageContaining("JWKS_URL must be like https://id.example/.well-known/jwks.json")
        .message()
        .doesNotContain("hush");
  }

  @Test
  void whatContradictsItselfIsRefused() {
    assertRefused(
        Map.of("AUTH", "off", "JWT_SECRET", SECRET),
        "AUTH must not be off while JWT_SECRET is set");
    assertRefused(
        Map.of("AUTH", "off", "JWKS_URL", KEYS), "AUTH must not be off while JWKS_URL is set");
    assertRefused(
        Map.of("JWT_SECRET", SECRET, "JWKS_URL", KEYS),
        "JWKS_URL must not be set beside JWT_SECRET");
    assertRefused(Map.of("JWT_ISSUER", "me"), "JWT_ISSUER must not be set without JWT_SECRET");
    assertRefused(Map.of("AUTH", "off", "JWT_AUDIENCE", "me"), "JWT_AUDIENCE must not be set");
    assertRefused(
        Map.of("JWKS_URL", KEYS, "OPERATOR_EMAIL", "a@b", "OPERATOR_PASSWORD", "hush hush hush"),
        "OPERATOR_EMAIL must not be set without JWT_SECRET");
    assertRefused(
        Map.of("JWT_SECRET", SECRET, "OPERATOR_EMAIL", "a@b"), "OPERATOR_PASSWORD must be set");
    assertRefused(
        Map.of("JWT_SECRET", SECRET, "OPERATOR_PASSWORD", "hush hush hush"),
        "OPERATOR_EMAIL must be set");
  }

  @Test
  void allProblemsAreSaidAtOnceAndNoSecretIsQuoted() {
    Map<String, String> wrong = new HashMap<>();
    wrong.put("AUTH", "maybe");
    wrong.put("HOST", "0.0.0.0");
    wrong.put("JWT_SECRET", "hush: only 31 bytes of a secret");
    wrong.put("JWKS_URL", "https://me:hush@id.example");
    wrong.put("OPERATOR_EMAIL", "hush");
    wrong.put("OPERATOR_PASSWORD", "hush");
    assertThatThrownBy(() -> Settings.read(wrong))
        .hasMessageContainingAll(
            "AUTH must",
            "JWT_SECRET must have at least 32 bytes",
            "JWKS_URL must be like",
            "JWKS_URL must not be set beside JWT_SECRET",
            "OPERATOR_EMAIL must be an email address",
            "OPERATOR_PASSWORD must have from 12 to 200 characters")
        .message()
        .doesNotContain("hush");
  }
}
