package orders.http.jetty;

import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;

/// Has a request be what its first line says. Javalin would go by `X-HTTP-Method-Override`: a GET
/// that nobody in between minds could place an order.
final class MethodAsSent implements HttpConfiguration.Customizer {
  private static final String OVERRIDE = "X-HTTP-Method-Override";

  @Override
  public Request customize(Request request, HttpFields.Mutable responseHeaders) {
    return request.getHeaders().contains(OVERRIDE) ? new Plain(request) : request;
  }

  private static final class Plain extends Request.Wrapper {
    private final HttpFields headers;

    private Plain(Request request) {
      super(request);
      HttpFields.Mutable others = HttpFields.build();
      for (HttpField header : request.getHeaders()) {
        if (!header.is(OVERRIDE)) {
          others.add(header);
        }
      }
      this.headers = others.asImmutable();
    }

    @Override
    public HttpFields getHeaders() {
      return headers;
    }
  }
}
