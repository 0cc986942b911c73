package orders.http.limit;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import orders.http.wire.HeaderParts;

/// Where a request came from according to its own headers: the address that each proxy on the way
/// saw, the nearest last. Empty where something else stands than an address.
final class ForwardedHeaders {
  /// What one proxy said.
  private static final String NODE = "for=";

  private ForwardedHeaders() {}

  /// Those of a request, in the order in which they came.
  @FunctionalInterface
  interface Headers {
    List<String> named(String name);
  }

  /// Of `X-Forwarded-For`.
  static List<Optional<InetAddress>> customary(Headers request) {
    return hops(request, "X-Forwarded-For", element -> node(element.strip()));
  }

  /// Of `Forwarded`, as RFC 7239 has it.
  static List<Optional<InetAddress>> standard(Headers request) {
    return hops(request, "Forwarded", ForwardedHeaders::element);
  }

  /// Each header by itself, so that a quote without an end spoils no other: proxies add to what
  /// their clients sent.
  private static List<Optional<InetAddress>> hops(
      Headers request, String name, Function<String, Optional<InetAddress>> parser) {
    List<Optional<InetAddress>> hops = new ArrayList<>();
    for (String header : request.named(name)) {
      HeaderParts.split(header, ',')
          .ifPresentOrElse(
              elements -> elements.forEach(element -> hops.add(parser.apply(element))),
              () -> hops.add(Optional.empty()));
    }
    return hops;
  }

  private static Optional<InetAddress> element(String text) {
    List<String> nodes =
        HeaderParts.split(text, ';').stream()
            .flatMap(List::stream)
            .map(String::strip)
            .filter(pair -> pair.toLowerCase(Locale.ROOT).startsWith(NODE))
            .map(pair -> pair.substring(NODE.length()))
            .toList();
    return nodes.size() == 1 ? node(HeaderParts.unquoted(nodes.getFirst())) : Optional.empty();
  }

  /// An address, perhaps in brackets, perhaps with a port.
  private static Optional<InetAddress> node(String text) {
    return Stream.of(text, withoutPort(text))
        .map(node -> node.matches("\\[.*]") ? node.substring(1, node.length() - 1) : node)
        .map(AddressLiteral::parse)
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static String withoutPort(String text) {
    return text.replaceFirst("^(\\[[^]]*]|[^:]*):\\d{1,5}$", "$1");
  }
}
