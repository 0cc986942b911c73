package orders.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import orders.application.port.Role;
import orders.http.access.Access;
import orders.http.contract.ApiDocument.Operation;
import orders.http.contract.Contract;
import org.junit.jupiter.api.Test;

/// That the API's document has the routes of the server, with who may use them, and no others.
final class DocumentedRoutesTest {
  private static final String PUBLIC = "everybody";

  private static String roles(Access access) {
    return switch (access) {
      case Access.Public _ -> PUBLIC;
      case Access.Roles(var roles) -> {
        Set<String> words = new TreeSet<>();
        for (Role role : roles) {
          words.add(role.name().toLowerCase(Locale.ROOT));
        }
        yield words.toString();
      }
    };
  }

  private static String roles(JsonNode operation) {
    if (operation.has("security")) {
      return PUBLIC;
    }
    Set<String> words = new TreeSet<>();
    operation.get("x-roles").forEach(role -> words.add(role.asText()));
    return words.toString();
  }

  private static Map<String, String> served() {
    Map<String, String> served = new TreeMap<>();
    try (TestServer server = AccessMatrixTest.guardedServer()) {
      for (Route route : server.http.routes()) {
        served.put(route.method() + " " + route.path(), roles(route.access()));
      }
    }
    return served;
  }

  private static Map<String, String> documented() {
    Map<String, String> documented = new TreeMap<>();
    for (Operation operation : Contract.ofTheServer().document().operations()) {
      documented.put(
          operation.method().toUpperCase(Locale.ROOT) + " " + operation.path(),
          roles(operation.json()));
    }
    return documented;
  }

  @Test
  void everyRouteIsDocumentedAndEveryDocumentedRouteIsThere() {
    Map<String, String> served = served();
    assertThat(documented()).isEqualTo(served);
  }
}
