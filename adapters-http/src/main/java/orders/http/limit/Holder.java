package orders.http.limit;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import orders.application.port.Role;
import orders.http.access.Principal;

/// Whoever limits count as one.
public sealed interface Holder {
  /// Somebody who said who they are.
  record Named(Role role, String subject) implements Holder {
    static Named of(Principal principal) {
      return new Named(principal.role(), principal.subject());
    }
  }

  /// Somebody who did not: their address, or of IPv6 its network. Who has one address of that
  /// version has 2^64 of them.
  ///
  /// @param bits the first four bytes of an address of IPv4, the first eight of one of IPv6
  record At(boolean v6, long bits) implements Holder {
    static At of(InetAddress address) {
      ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
      boolean v6 = bytes.remaining() > Integer.BYTES;
      return new At(v6, v6 ? bytes.getLong() : bytes.getInt());
    }
  }
}
