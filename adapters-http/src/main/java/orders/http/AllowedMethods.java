package orders.http;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The methods of a resource, as the `Allow` field names them: always in the same order.
final class AllowedMethods {
  private static final List<String> ORDER =
      List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private AllowedMethods() {}

  /// @param served by name. Where there is a GET there is a HEAD, and everywhere there are OPTIONS
  static String field(Collection<String> served) {
    Set<String> all = new HashSet<>(served);
    all.add("OPTIONS");
    if (all.contains("GET")) {
      all.add("HEAD");
    }
    return ORDER.stream().filter(all::contains).collect(Collectors.joining(", "));
  }
}
