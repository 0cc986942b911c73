package orders.http.jetty;

import java.util.concurrent.Semaphore;
import orders.http.wire.HealthPaths;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// Lets in as many requests as are allowed at once, and refuses those beyond on the spot.
///
/// Whoever checks the health of a server in trouble is not turned away because of that trouble:
/// such requests are counted by themselves.
final class RequestsInFlight extends Handler.Wrapper {
  private final Semaphore orders;
  private final Semaphore checks;

  /// @param most of either sort at once
  RequestsInFlight(int most) {
    this.orders = new Semaphore(most);
    this.checks = new Semaphore(most);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Semaphore permits = HealthPaths.include(Request.getPathInContext(request)) ? checks : orders;
    OrdersConnector connector =
        request.getConnectionMetaData().getConnector() instanceof OrdersConnector ours
            ? ours
            : null;
    if (!permits.tryAcquire()) {
      if (connector != null) {
        connector.isCrowded();
      }
      Overload.refuse(request, response, callback);
      return true;
    }
    InFlight inFlight = new InFlight(permits::release);
    inFlight.putInto(request);
    Request.addCompletionListener(request, _ -> inFlight.leave());
    if (connector != null) {
      connector.owes(request);
      Request.addCompletionListener(request, _ -> connector.answered(request));
    }
    return super.handle(request, response, callback);
  }
}
