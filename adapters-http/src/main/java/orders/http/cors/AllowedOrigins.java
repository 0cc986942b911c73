package orders.http.cors;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Whose pages may ask, each as a browser names it: scheme, host, and the port unless it is the
/// scheme's own.
///
/// @param origins empty if no page may
public record AllowedOrigins(Set<String> origins) {
  public static final AllowedOrigins NONE = new AllowedOrigins(Set.of());

  private static final Set<String> SCHEMES = Set.of("http", "https");

  public AllowedOrigins {
    origins = Set.copyOf(origins);
  }

  /// @param text like `https://shop.example, http://localhost:3000`
  /// @param problem told each part that is none, as the end of a sentence
  public static AllowedOrigins parse(String text, Consumer<String> problem) {
    Set<String> origins = new HashSet<>();
    if (!text.isBlank()) {
      for (String part : text.split(",", -1)) {
        if (isOrigin(part.strip())) {
          origins.add(part.strip());
        } else {
          problem.accept(
              "must be origins like https://shop.example between commas, in lower case, without a"
                  + " path or the scheme's own port, not \""
                  + part.strip()
                  + "\"");
        }
      }
    }
    return new AllowedOrigins(origins);
  }

  /// As it is compared with what browsers send, nothing else than what they send would do.
  private static boolean isOrigin(String text) {
    try {
      URI uri = new URI(text);
      return uri.getScheme() != null
          && SCHEMES.contains(uri.getScheme())
          && uri.getHost() != null
          && text.equals(text.toLowerCase(Locale.ROOT))
          && text.equals(uri.getScheme() + "://" + uri.getHost() + port(uri));
    } catch (URISyntaxException _) {
      return false;
    }
  }

  private static String port(URI uri) {
    int own = uri.getScheme().equals("https") ? 443 : 80;
    boolean named = uri.getPort() > 0 && uri.getPort() <= 65_535 && uri.getPort() != own;
    return named ? ":" + uri.getPort() : "";
  }

  boolean include(@Nullable String origin) {
    return origin != null && origins.contains(origin);
  }
}
