package orders.http.cors;

import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;

/// Lets pages of allowed origins read the answers, refusals among them. Without credentials of the
/// browser's own: tokens are sent by the page itself.
public final class CorsHeaders implements HttpConfiguration.Customizer {
  /// Answers differ by who asks, also where they look the same.
  private static final HttpField VARY = new PreEncodedHttpField(HttpHeader.VARY, "Origin");

  private static final HttpField EXPOSED =
      new PreEncodedHttpField(
          HttpHeader.ACCESS_CONTROL_EXPOSE_HEADERS,
          "ETag, Link, Location, Preference-Applied, RateLimit, RateLimit-Policy, Retry-After,"
              + " WWW-Authenticate, X-Request-Id");

  private final AllowedOrigins origins;

  public CorsHeaders(AllowedOrigins origins) {
    this.origins = origins;
  }

  @Override
  public Request customize(Request request, HttpFields.Mutable answer) {
    answer.put(VARY);
    String origin = request.getHeaders().get(HttpHeader.ORIGIN);
    if (origins.include(origin)) {
      answer.put(HttpHeader.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
      answer.put(EXPOSED);
    }
    return request;
  }
}
