package orders.http;

import io.javalin.http.Context;
import java.util.Optional;
import orders.application.port.Role;
import orders.http.access.Authentication;
import orders.http.access.Principal;
import orders.http.wire.HealthPaths;

/// Lets a scraper read the metrics, and nothing else, by a token of its own.
final class MetricsAccess implements Authentication {
  private static final String SCHEME = "Bearer ";
  private static final Principal SCRAPER =
      new Principal(Role.OPERATOR, "metrics", Optional.empty());

  private final MetricsToken token;
  private final Authentication others;

  MetricsAccess(MetricsToken token, Authentication others) {
    this.token = token;
    this.others = others;
  }

  @Override
  public Principal authenticate(Context context) {
    return context.endpoint().path.equals(HealthPaths.METRICS) && isShown(context)
        ? SCRAPER
        : others.authenticate(context);
  }

  private boolean isShown(Context context) {
    String header = context.header("Authorization");
    return header != null
        && header.startsWith(SCHEME)
        && token.is(header.substring(SCHEME.length()));
  }
}
