package orders.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import orders.http.HttpSettings;
import orders.http.cors.AllowedOrigins;
import orders.http.limit.LimitSettings;
import orders.http.limit.RateLimits;
import orders.http.limit.TrustedProxies;
import orders.partners.PartnerAddress;
import orders.partners.SigningSecret;
import orders.partners.SimulatedPartner.Behaviour;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingsTest {
  @Test
  void theDefaultsAreThoseOfTheDocumentation() throws InvalidSettings {
    Settings settings = Settings.read(Map.of());
    assertThat(settings.http().host()).isEqualTo("127.0.0.1");
    assertThat(settings.http().port()).isEqualTo(8080);
    assertThat(settings.database()).isEmpty();
    assertThat(settings.dataDirectory()).isEqualTo(Path.of("./data"));
    assertThat(settings.http().defaultCurrency().getCurrencyCode()).isEqualTo("USD");
    assertThat(settings.dispatch().workers()).isEqualTo(256);
    assertThat(settings.dispatch().queueCapacity()).isEqualTo(100);
    assertThat(settings.dispatch().lease()).isEqualTo(Duration.ofSeconds(30));
    assertThat(settings.shutdown()).isEqualTo(Duration.ofSeconds(20));
    assertThat(settings.retention()).isEmpty();
    assertThat(settings.retries().attempts()).isEqualTo(5);
    assertThat(settings.retries().timeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(settings.partners())
        .isEqualTo(
            new PartnerSettings.Simulated(
                new Behaviour(Duration.ofSeconds(1), 0, 0),
                new Behaviour(Duration.ofMillis(500), 0, 0),
                new Behaviour(Duration.ofSeconds(1), 0, 0)));
  }

  @Test
  void everyVariableIsHeard() throws InvalidSettings {
    Settings settings =
        Settings.read(
            Map.ofEntries(
                Map.entry("HOST", "0.0.0.0"),
                Map.entry("AUTH", "off"),
                Map.entry("PORT", "0"),
                Map.entry("DATABASE_URL", "postgresql://me:secret@db:6543/shop"),
                Map.entry("DATA_DIR", "/var/lib/orders"),
                Map.entry("CURRENCY", "EUR"),
                Map.entry("WORKERS", "7"),
                Map.entry("QUEUE_CAPACITY", "8"),
                Map.entry("LEASE_SECONDS", "9"),
                Map.entry("SHUTDOWN_SECONDS", "10"),
                Map.entry("RETENTION_DAYS", "365"),
                Map.entry("STEP_ATTEMPTS", "11"),
                Map.entry("STEP_TIMEOUT_SECONDS", "12"),
                Map.entry("BACKOFF_MS", "13"),
                Map.entry("BACKOFF_CAP_SECONDS", "14"),
                Map.entry("PARTNERS", "simulated"),
                Map.entry("SIMULATED_CONFIRMATION_MS", "15"),
                Map.entry("SIMULATED_PAYMENT_MS", "16"),
                Map.entry("SIMULATED_DELIVERY_MS", "17"),
                Map.entry("SIMULATED_DECLINE_RATE", "0.25"),
                Map.entry("SIMULATED_ERROR_RATE", "1")));
    assertThat(settings.http().host()).isEqualTo("0.0.0.0");
    assertThat(settings.http().port()).isZero();
    assertThat(settings.database().orElseThrow().port()).isEqualTo(6543);
    assertThat(settings.dataDirectory()).isEqualTo(Path.of("/var/lib/orders"));
    assertThat(settings.http().defaultCurrency().getCurrencyCode()).isEqualTo("EUR");
    assertThat(settings.dispatch().workers()).isEqualTo(7);
    assertThat(settings.dispatch().queueCapacity()).isEqualTo(8);
    assertThat(settings.dispatch().lease()).isEqualTo(Duration.ofSeconds(9));
    assertThat(settings.shutdown()).isEqualTo(Duration.ofSeconds(10));
    assertThat(settings.retention()).contains(Duration.ofDays(365));
    assertThat(settings.retries().attempts()).isEqualTo(11);
    assertThat(settings.retries().timeout()).isEqualTo(Duration.ofSeconds(12));
    assertThat(settings.retries().backoff()).isEqualTo(Duration.ofMillis(13));
    assertThat(settings.retries().backoffCap()).isEqualTo(Duration.ofSeconds(14));
    assertThat(settings.partners())
        .isEqualTo(
            new PartnerSettings.Simulated(
                new Behaviour(Duration.ofMillis(15), 0.25, 1),
                new Behaviour(Duration.ofMillis(16), 0.25, 1),
                new Behaviour(Duration.ofMillis(17), 0.25, 1)));
  }

  @Test
  void partnersMayBeServicesOfTheirOwn() throws InvalidSettings {
    Settings settings =
        Settings.read(
            Map.of(
                "PARTNERS", "http",
                "STEP_TIMEOUT_SECONDS", "12",
                "CONFIRMATION_URL", "http://kitchen:9000",
                "PAYMENT_URL", "https://bank.example/orders/",
                "DELIVERY_URL", "http://127.0.0.1:9002/x",
                "CONFIRMATION_SECRET", "hush",
                "DELIVERY_SECRET", "psst"));
    assertThat(settings.partners())
        .isEqualTo(
            new PartnerSettings.Http(
                endpoint("http://kitchen:9000", Optional.of("hush")),
                endpoint("https://bank.example/orders", Optional.empty()),
                endpoint("http://127.0.0.1:9002/x", Optional.of("psst")),
                Duration.ofSeconds(12)));
    assertThat(settings.toString()).doesNotContain("hush", "psst");
  }

  private static PartnerSettings.Endpoint endpoint(String url, Optional<String> secret) {
    return new PartnerSettings.Endpoint(
        PartnerAddress.parse(url).orElseThrow(), secret.map(SigningSecret::new));
  }

  @Test
  void partnersOverHttpNeedAllTheirUrls() {
    assertThatThrownBy(() ->
            Settings.read(
                Map.of("PARTNERS", "http", "PAYMENT_URL", "http://me:hush@bank.example/")))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContainingAll(
            "CONFIRMATION_URL must be set, since PARTNERS is http",
            "PAYMENT_URL must be like https://shop.example/payment, without a user",
            "DELIVERY_URL must be set, since PARTNERS is http")
        .message()
        .doesNotContain("hush");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bank.example/orders",
        "/orders",
        "ftp://bank.example/",
        "http://me@bank.example/",
        "http://bank.example/?a=b",
        "http://bank.example/#a",
        "http://the_bank/"
      })
  void refusesAUrlOfAPartner(String url) {
    assertThatThrownBy(() ->
            Settings.read(
                Map.of(
                    "PARTNERS", "http",
                    "CONFIRMATION_URL", "http://kitchen",
                    "PAYMENT_URL", url,
                    "DELIVERY_URL", "http://couriers")))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContaining("PAYMENT_URL must be like ")
        .message()
        .doesNotContain("CONFIRMATION_URL", "DELIVERY_URL");
  }

  @Test
  void whoMayAskHowMuchIsForTheServerToChooseUnlessItIsSet() throws InvalidSettings {
    assertThat(Settings.read(Map.of()).http().limits()).isEqualTo(LimitSettings.ABSENT);
    assertThat(Settings.read(Map.of()).http().origins()).isEqualTo(AllowedOrigins.NONE);
    HttpSettings http =
        Settings.read(
                Map.of(
                    "PLACE_PER_SECOND", "0",
                    "READ_PER_SECOND", "20",
                    "LOGINS_PER_MINUTE", "3",
                    "STREAMS_PER_PRINCIPAL", "4",
                    "WAITS_PER_PRINCIPAL", "5",
                    "MAX_STREAMS", "6",
                    "TRUSTED_PROXIES", "10.0.0.0/8, ::1",
                    "CORS_ORIGINS", "https://shop.example, http://localhost:3000"))
            .http();
    assertThat(http.limits().rates())
        .isEqualTo(new RateLimits(OptionalInt.of(0), OptionalInt.of(20), OptionalInt.of(3)));
    assertThat(http.limits().streamsPerPrincipal()).hasValue(4);
    assertThat(http.limits().waitsPerPrincipal()).hasValue(5);
    assertThat(http.limits().maxStreams()).isEqualTo(6);
    assertThat(http.limits().proxies()).isNotEqualTo(TrustedProxies.NONE);
    assertThat(http.origins().origins())
        .containsExactlyInAnyOrder("https://shop.example", "http://localhost:3000");
  }

  @Test
  void everyWrongOriginAndProxyIsNamed() {
    assertThatThrownBy(() ->
            Settings.read(
                Map.of("TRUSTED_PROXIES", "10.0.0.0/99,proxy", "CORS_ORIGINS", "*,shop.example")))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContainingAll("\"10.0.0.0/99\"", "\"proxy\"", "\"*\"", "\"shop.example\"");
  }

  @Test
  void anEmptyVariableCountsAsAbsent() throws InvalidSettings {
    Settings settings = Settings.read(Map.of("DATABASE_URL", "", "PORT", " "));
    assertThat(settings.database()).isEmpty();
    assertThat(settings.http().port()).isEqualTo(8080);
  }

  @ParameterizedTest
  @CsvSource({
    "PORT,-1",
    "PORT,65536",
    "PORT,80.5",
    "PORT,http",
    "WORKERS,0",
    "WORKERS,99999999999",
    "QUEUE_CAPACITY,0",
    "RETENTION_DAYS,0",
    "RETENTION_DAYS,36501",
    "LEASE_SECONDS,0",
    "SHUTDOWN_SECONDS,-5",
    "CURRENCY,usd",
    "CURRENCY,XXX",
    "DATABASE_URL,mysql://u:p@h/d",
    "STEP_ATTEMPTS,0",
    "PLACE_PER_SECOND,-1",
    "READ_PER_SECOND,many",
    "LOGINS_PER_MINUTE,1.5",
    "STREAMS_PER_PRINCIPAL,-1",
    "WAITS_PER_PRINCIPAL,1000001",
    "MAX_STREAMS,0",
    "TRUSTED_PROXIES,localhost",
    "CORS_ORIGINS,*",
    "STEP_TIMEOUT_SECONDS,0",
    "BACKOFF_MS,0",
    "PARTNERS,none",
    "SIMULATED_PAYMENT_MS,-1",
    "SIMULATED_DECLINE_RATE,1.1",
    "SIMULATED_DECLINE_RATE,NaN",
    "SIMULATED_ERROR_RATE,often"
  })
  void refuses(String name, String value) {
    assertThatThrownBy(() -> Settings.read(Map.of(name, value)))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContaining(name + " must be");
  }

  @Test
  void allProblemsAreSaidAtOnceAndNoPasswordIsQuoted() {
    Map<String, String> wrong = new HashMap<>();
    wrong.put("PORT", "x");
    wrong.put("WORKERS", "y");
    wrong.put("DATABASE_URL", "postgresql://me:secret@:1/");
    wrong.put("BACKOFF_MS", "5000");
    wrong.put("BACKOFF_CAP_SECONDS", "1");
    assertThatThrownBy(() -> Settings.read(wrong))
        .hasMessageContainingAll("PORT", "WORKERS", "DATABASE_URL", "BACKOFF_CAP_SECONDS")
        .message()
        .doesNotContain("secret");
  }
}
