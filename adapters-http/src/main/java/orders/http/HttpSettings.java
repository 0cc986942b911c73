package orders.http;

import java.time.Duration;
import java.util.Currency;

/// How the API is served.
///
/// @param port 0 picks a free one
/// @param defaultCurrency of orders that name none
/// @param stopTimeout how long a stop waits for requests in flight
public record HttpSettings(String host, int port, Currency defaultCurrency, Duration stopTimeout) {
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
}
