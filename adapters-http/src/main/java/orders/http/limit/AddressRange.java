package orders.http.limit;

import java.net.InetAddress;
import java.util.Optional;

/// All addresses that begin alike.
///
/// @param base one of them
/// @param prefix how many of their bits are alike
record AddressRange(InetAddress base, int prefix) {
  AddressRange {
    if (prefix < 0 || prefix > base.getAddress().length * Byte.SIZE) {
      throw new IllegalArgumentException("an address has no prefix of " + prefix + " bits");
    }
  }

  /// `192.0.2.0/24`, `2001:db8::/32`, or one address.
  static Optional<AddressRange> parse(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    return AddressLiteral.parse(address)
        .flatMap(base -> {
          int bits = base.getAddress().length * Byte.SIZE;
          return (slash < 0 ? Optional.of(bits) : prefix(text.substring(slash + 1), bits))
              .map(prefix -> new AddressRange(base, prefix));
        });
  }

  private static Optional<Integer> prefix(String digits, int most) {
    return digits.matches("\\d{1,3}")
        ? Optional.of(Integer.parseInt(digits)).filter(prefix -> prefix <= most)
        : Optional.empty();
  }

  boolean includes(InetAddress address) {
    byte[] one = base.getAddress();
    byte[] other = address.getAddress();
    if (one.length != other.length) {
      return false;
    }
    for (int bit = 0; bit < prefix; bit += Byte.SIZE) {
      int index = bit / Byte.SIZE;
      int ignored = Math.max(0, bit + Byte.SIZE - prefix);
      if ((one[index] & 0xff) >> ignored != (other[index] & 0xff) >> ignored) {
        return false;
      }
    }
    return true;
  }
}
