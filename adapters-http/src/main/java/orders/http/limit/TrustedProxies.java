package orders.http.limit;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Whose word about where a request came from is taken.
public final class TrustedProxies {
  /// Nobody's: a request comes from where its connection does.
  public static final TrustedProxies NONE = new TrustedProxies(List.of());

  private final List<AddressRange> ranges;

  private TrustedProxies(List<AddressRange> ranges) {
    this.ranges = List.copyOf(ranges);
  }

  /// @param text addresses and ranges such as `10.0.0.0/8`, of IPv4 or IPv6, between commas
  /// @param problem told each part that is none, in quotes within a sentence's end
  public static TrustedProxies parse(String text, Consumer<String> problem) {
    if (text.isBlank()) {
      return NONE;
    }
    List<AddressRange> ranges = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      Optional<AddressRange> range = AddressRange.parse(part.strip());
      range.ifPresentOrElse(
          ranges::add,
          () ->
              problem.accept(
                  "must be addresses like 10.0.0.1 or ranges like 10.0.0.0/8 between commas, not \""
                      + part.strip()
                      + "\""));
    }
    return new TrustedProxies(ranges);
  }

  boolean include(InetAddress address) {
    for (AddressRange range : ranges) {
      if (range.includes(address)) {
        return true;
      }
    }
    return false;
  }
}
