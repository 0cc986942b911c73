package orders.http;

import java.util.Optional;
import java.util.function.Supplier;
import orders.http.access.Authentication;
import orders.http.jetty.RequestMonitor;

/// How operators see what this server does.
///
/// @param requests is told of every answer
/// @param page all figures, in the text format of Prometheus
/// @param token what a scraper may show in place of an operator's token
public record Observability(
    RequestMonitor requests, Supplier<String> page, Optional<MetricsToken> token) {
  /// Nobody looks.
  public static final Observability NONE =
      new Observability(RequestMonitor.NONE, () -> "# Nobody looks.\n", Optional.empty());

  /// Who else is let in, to read the figures alone, beside those whom `authentication` knows.
  Authentication accessBeside(Authentication authentication) {
    return token
        .<Authentication>map(shown -> new MetricsAccess(shown, authentication))
        .orElse(authentication);
  }
}
