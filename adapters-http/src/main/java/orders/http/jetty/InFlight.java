package orders.http.jetty;

import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.server.Request;

/// A request that is being handled, as far as its handler has a say in it. Safe from any thread.
public final class InFlight {
  private static final String NAME = InFlight.class.getName();

  private final Runnable permit;
  private final AtomicBoolean counted = new AtomicBoolean(true);

  /// @param permit gives back what it takes of the requests that may be handled at once
  InFlight(Runnable permit) {
    this.permit = permit;
  }

  /// @throws IllegalStateException if this server does not handle `request`
  public static InFlight of(HttpServletRequest request) {
    if (request.getAttribute(NAME) instanceof InFlight inFlight) {
      return inFlight;
    }
    throw new IllegalStateException("not a request in flight");
  }

  void putInto(Request request) {
    request.setAttribute(NAME, this);
  }

  /// From now on it takes nothing of the requests that may be handled at once: somebody else counts
  /// it.
  public void leave() {
    if (counted.getAndSet(false)) {
      permit.run();
    }
  }
}
