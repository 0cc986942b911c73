package orders.http.jetty;

import java.nio.ByteBuffer;
import orders.http.wire.Json;
import orders.http.wire.Problem;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.NanoTime;

/// Answers what never reached a handler, broken framing and refused paths among it, with a problem
/// too: without the message, the stack trace and the request that Jetty would print.
final class ProtocolErrors extends ErrorHandler {
  private final RequestMonitor monitor;

  ProtocolErrors(RequestMonitor monitor) {
    this.monitor = monitor;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = blame(response.getStatus());
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
    customize(request, response);
    response.getHeaders().put(RequestIds.HEADER, RequestIds.of(request));
    if (request.getAttribute(ObservedRequest.ATTRIBUTE) == null) {
      monitor
          .noRoute(request.getMethod())
          .answered(status, NanoTime.since(request.getHeadersNanoTime()));
    }
    response.write(true, ByteBuffer.wrap(Json.write(Problem.ofStatus(status))), callback);
    return true;
  }

  /// As all answers are. Jetty itself does so only once it has read a request that it likes.
  private static void customize(Request request, Response response) {
    request
        .getConnectionMetaData()
        .getHttpConfiguration()
        .getCustomizers()
        .forEach(customizer -> customizer.customize(request, response.getHeaders()));
  }

  /// A version or an encoding that nobody speaks is the client's doing; the status that HTTP has
  /// for it would count as a failure of the server wherever 5xx are counted. And what asks for an
  /// upgrade must offer one.
  private static int blame(int status) {
    return switch (status) {
      case HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505,
          HttpStatus.NOT_IMPLEMENTED_501,
          HttpStatus.UPGRADE_REQUIRED_426 ->
          HttpStatus.BAD_REQUEST_400;
      default -> status;
    };
  }
}
