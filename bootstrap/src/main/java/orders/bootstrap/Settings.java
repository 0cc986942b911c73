package orders.bootstrap;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import orders.application.dispatch.DispatchSettings;
import orders.application.dispatch.PartnerLimits;
import orders.application.dispatch.RetryPolicy;
import orders.bootstrap.logs.LogFormat;
import orders.http.HttpSettings;
import orders.http.MetricsToken;
import orders.http.cors.AllowedOrigins;
import orders.http.limit.LimitSettings;
import orders.http.limit.RateLimits;
import orders.http.limit.TrustedProxies;
import orders.postgres.DatabaseAddress;

/// Everything that can be set from outside, validated. Read once, at start.
///
/// @param database absent for the embedded one in `dataDirectory`
/// @param shutdown what a stop may take in all
/// @param retention how long ended orders are kept; absent for ever
/// @param metricsToken what a scraper shows to read the metrics; absent if it has none
record Settings(
    HttpSettings http,
    Optional<DatabaseAddress> database,
    Path dataDirectory,
    DispatchSettings dispatch,
    RetryPolicy retries,
    Duration shutdown,
    Optional<Duration> retention,
    PartnerSettings partners,
    AccessSettings access,
    Optional<MetricsToken> metricsToken) {

  /// The longest that work which nobody announced goes unnoticed.
  private static final Duration POLL_INTERVAL = Duration.ofMillis(200);

  private static final int MAX_PORT = 65_535;
  private static final int DAY_SECONDS = 86_400;
  private static final int HOUR_MS = 3_600_000;
  private static final int MAX_RETENTION_DAYS = 36_500;
  private static final int MAX_SLOTS = 1_000_000;
  private static final int MAX_RATE = 1_000_000;

  /// @throws InvalidSettings naming all that is wrong
  static Settings read(Map<String, String> environment) throws InvalidSettings {
    var reader = new SettingsReader(environment);
    Duration lease = reader.seconds("lease-seconds", 1, DAY_SECONDS);
    int workers = reader.integer("workers", 1, MAX_SLOTS);
    var limits =
        new PartnerLimits(
            reader.integerOr("partner-calls", 1, MAX_SLOTS, Math.max(1, workers / 2)),
            reader.integer("breaker-failures", 1, PartnerLimits.MAX_FAILURES),
            reader.seconds("breaker-seconds", 1, DAY_SECONDS));
    var dispatch =
        new DispatchSettings(
            workers, reader.integer("queue-capacity", 1, MAX_SLOTS), lease, POLL_INTERVAL, limits);
    Duration backoff = reader.millis("backoff-ms", 1, HOUR_MS);
    Duration cap = reader.seconds("backoff-cap-seconds", 1, DAY_SECONDS);
    if (cap.compareTo(backoff) < 0) {
      reader.problem("backoff-cap-seconds", "must be no shorter than BACKOFF_MS");
      cap = backoff;
    }
    var retries =
        new RetryPolicy(
            reader.integer("step-attempts", 1, 1_000),
            reader.integer("undo-attempts", 1, 1_000),
            reader.seconds("step-timeout-seconds", 1, DAY_SECONDS),
            backoff,
            cap);
    Duration shutdown = reader.seconds("shutdown-seconds", 1, DAY_SECONDS);
    var http =
        new HttpSettings(
            reader.text("host"),
            reader.integer("port", 0, MAX_PORT),
            reader.currency("currency"),
            shutdown.dividedBy(2),
            limits(reader),
            reader.parsed("cors-origins", AllowedOrigins::parse));
    var settings =
        new Settings(
            http,
            reader.database("database-url"),
            reader.path("data-dir"),
            dispatch,
            retries,
            shutdown,
            retention(reader),
            PartnerSettings.read(reader, retries.timeout()),
            AccessSettings.read(reader, http.host()),
            metricsToken(reader));
    if (LogFormat.parse(reader.text("log-format")).isEmpty()) {
      reader.problem("log-format", "must be text or json");
    }
    reader.throwIfAnyProblem();
    return settings;
  }

  private static LimitSettings limits(SettingsReader reader) {
    return new LimitSettings(
        new RateLimits(
            reader.integerIfSet("place-per-second", 0, MAX_RATE),
            reader.integerIfSet("read-per-second", 0, MAX_RATE),
            reader.integerIfSet("logins-per-minute", 0, MAX_RATE)),
        reader.integerIfSet("streams-per-principal", 0, MAX_SLOTS),
        reader.integerIfSet("waits-per-principal", 0, MAX_SLOTS),
        reader.integer("max-streams", 1, MAX_SLOTS),
        reader.parsed("trusted-proxies", TrustedProxies::parse));
  }

  private static Optional<Duration> retention(SettingsReader reader) {
    int days = reader.integerOr("retention-days", 1, MAX_RETENTION_DAYS, 0);
    return days == 0 ? Optional.empty() : Optional.of(Duration.ofDays(days));
  }

  private static Optional<MetricsToken> metricsToken(SettingsReader reader) {
    String token = reader.text("metrics-token");
    if (!token.isEmpty() && !MetricsToken.isSound(token)) {
      // Not quoted: it is nearly a secret.
      reader.problem(
          "metrics-token",
          "must be at least " + MetricsToken.MIN_LENGTH + " visible ASCII characters");
    }
    return Optional.of(token).filter(MetricsToken::isSound).map(MetricsToken::new);
  }
}
