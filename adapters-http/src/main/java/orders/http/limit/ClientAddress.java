package orders.http.limit;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where a request comes from: from where its connection does, or, if that is a trusted proxy, from
/// where that one says. Headers of anybody else are not even read. Safe from any thread.
public final class ClientAddress {
  /// For a connection that has none, such as one within the process.
  private static final InetAddress NOWHERE = InetAddress.ofLiteral("0.0.0.0");

  private final TrustedProxies trusted;

  public ClientAddress(TrustedProxies trusted) {
    this.trusted = trusted;
  }

  /// The nearest address on the request's way that is not a trusted proxy's; if something else than
  /// an address stands before it, the proxy that wrote that. Of two headers that disagree a client
  /// may have made up either, so that neither is believed.
  public InetAddress of(HttpServletRequest request) {
    return of(request.getRemoteAddr(), name -> Collections.list(request.getHeaders(name)));
  }

  /// @param connection as Jetty has it: of IPv6 in brackets, of a link with its zone
  InetAddress of(@Nullable String connection, ForwardedHeaders.Headers request) {
    InetAddress peer = peer(connection);
    if (!trusted.include(peer)) {
      return peer;
    }
    List<Optional<InetAddress>> customary = ForwardedHeaders.customary(request);
    List<Optional<InetAddress>> standard = ForwardedHeaders.standard(request);
    if (customary.isEmpty() || standard.isEmpty()) {
      return nearestStranger(peer, customary.isEmpty() ? standard : customary);
    }
    InetAddress one = nearestStranger(peer, customary);
    return one.equals(nearestStranger(peer, standard)) ? one : peer;
  }

  private InetAddress nearestStranger(InetAddress peer, List<Optional<InetAddress>> hops) {
    InetAddress nearest = peer;
    for (Optional<InetAddress> hop : hops.reversed()) {
      if (hop.isEmpty()) {
        return nearest;
      }
      nearest = hop.get();
      if (!trusted.include(nearest)) {
        return nearest;
      }
    }
    return nearest;
  }

  private static InetAddress peer(@Nullable String connection) {
    return connection == null
        ? NOWHERE
        : AddressLiteral.parse(connection.replaceAll("[\\[\\]]|%.*", "")).orElse(NOWHERE);
  }
}
