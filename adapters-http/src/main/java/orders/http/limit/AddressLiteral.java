package orders.http.limit;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/// An IP address as text. Never a name: nothing here asks a name server.
final class AddressLiteral {
  private static final String BYTE = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";

  /// All four parts, in decimal: `127.1`, `010.0.0.1` and the like mean different addresses to
  /// different readers.
  private static final Pattern V4 = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");

  /// What is left to Java then. Without a zone, which is nobody's address but the sender's.
  private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f:.]{2,45}");

  private AddressLiteral() {}

  /// An IPv4 address within an IPv6 one, `::ffff:192.0.2.1`, is that IPv4 address.
  static Optional<InetAddress> parse(String text) {
    if (V4.matcher(text).matches()) {
      return Optional.of(InetAddress.ofLiteral(text));
    }
    if (!text.contains(":") || !V6.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Inet6Address.ofLiteral(text));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
