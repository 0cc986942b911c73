package orders.partners;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import orders.application.port.Partner.Call;

/// Where a partner that speaks HTTP is asked: a URL, perhaps with a path of its own.
///
/// @param base without a slash at its end
public record PartnerAddress(URI base) {
  private static final int MAX_PORT = 65_535;

  /// @throws IllegalArgumentException if `base` is not an absolute URL of http or https with a
  ///   host, or has a user, a query or a fragment
  public PartnerAddress {
    boolean http =
        "http".equalsIgnoreCase(base.getScheme()) || "https".equalsIgnoreCase(base.getScheme());
    if (!http || base.getHost() == null || base.getPort() == 0 || base.getPort() > MAX_PORT) {
      throw new IllegalArgumentException("must be an absolute URL of http or https");
    }
    if (base.getRawUserInfo() != null) {
      // It would end in logs, and the protocol has a signature for what it is meant to do.
      throw new IllegalArgumentException("must not name a user");
    }
    if (base.getRawQuery() != null || base.getRawFragment() != null) {
      throw new IllegalArgumentException("must have neither a query nor a fragment");
    }
    base = URI.create(base.toString().replaceFirst("/+$", ""));
  }

  /// The address written as `url`, with or without a slash at its end; empty if it is none.
  public static Optional<PartnerAddress> parse(String url) {
    try {
      return Optional.of(new PartnerAddress(new URI(url)));
    } catch (URISyntaxException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /// What is put and deleted: one thing for each order and round.
  URI of(Call call) {
    return URI.create(base + "/" + call.order().id() + "/" + call.order().round());
  }
}
