package orders.http.jetty;

import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// Refuses paths that are not percent-encoded.
///
/// Jetty does so itself, but lets them pass behind a semicolon; Javalin then fails to decode them,
/// where none of its exception mappers would hear of it, and answers 500.
final class SoundPaths extends Handler.Wrapper {
  private static final Pattern BROKEN = Pattern.compile("%(?![0-9a-fA-F]{2})");

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String path = request.getHttpURI().getPath();
    if (path != null && path.indexOf(';') >= 0 && BROKEN.matcher(path).find()) {
      Response.writeError(request, response, callback, HttpStatus.BAD_REQUEST_400);
      return true;
    }
    return super.handle(request, response, callback);
  }
}
