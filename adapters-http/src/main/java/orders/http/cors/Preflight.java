package orders.http.cors;

import io.javalin.http.Context;

/// A browser's question whether a page may make a request, before it makes it.
public final class Preflight {
  private static final String REQUEST_HEADERS =
      "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, Last-Event-ID,"
          + " Prefer, traceparent";

  /// An hour: what is allowed changes with a new version or other settings only.
  private static final String MAX_AGE_SECONDS = "3600";

  private final AllowedOrigins origins;

  public Preflight(AllowedOrigins origins) {
    this.origins = origins;
  }

  /// Tells a page of an allowed origin what it may send; others nothing.
  ///
  /// @param methods of the resource, between commas
  public void answer(Context context, String methods) {
    if (origins.include(context.header("Origin"))
        && context.header("Access-Control-Request-Method") != null) {
      context.header("Access-Control-Allow-Methods", methods);
      context.header("Access-Control-Allow-Headers", REQUEST_HEADERS);
      context.header("Access-Control-Max-Age", MAX_AGE_SECONDS);
    }
  }
}
