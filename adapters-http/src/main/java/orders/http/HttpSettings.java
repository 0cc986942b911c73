package orders.http;

import java.time.Duration;
import java.util.Currency;
import orders.http.cors.AllowedOrigins;
import orders.http.limit.LimitSettings;

/// How the API is served.
///
/// @param port 0 picks a free one
/// @param defaultCurrency of orders that name none
/// @param stopTimeout how long a stop waits for requests in flight
/// @param limits how much anybody may have
/// @param origins whose pages may ask
public record HttpSettings(
    String host,
    int port,
    Currency defaultCurrency,
    Duration stopTimeout,
    LimitSettings limits,
    AllowedOrigins origins) {
  public HttpSettings {
    if (host.isBlank()) {
      throw new IllegalArgumentException("host must be named: none would mean all interfaces");
    }
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port must be from 0 to 65535");
    }
    if (stopTimeout.isNegative()) {
      throw new IllegalArgumentException("stopTimeout must not be negative");
    }
  }

  /// Without settings for who may ask, and how much.
  public HttpSettings(String host, int port, Currency defaultCurrency, Duration stopTimeout) {
    this(host, port, defaultCurrency, stopTimeout, LimitSettings.ABSENT, AllowedOrigins.NONE);
  }
}
