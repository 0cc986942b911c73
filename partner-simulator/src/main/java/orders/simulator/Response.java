package orders.simulator;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Map;

/// What a request is answered: a status and a JSON document, or nothing at all.
sealed interface Response {
  record Message(int status, Object body, Map<String, String> headers) implements Response {}

  /// The connection is closed instead.
  record None() implements Response {}

  static Response ok(Object body) {
    return new Message(200, body, Map.of());
  }

  static Response error(int status, String message) {
    return new Message(status, Map.of("error", message), Map.of());
  }

  default void send(HttpExchange request) throws IOException {
    switch (this) {
      case None() -> request.close();
      case Message(int status, Object body, Map<String, String> headers) -> {
        byte[] json = Json.write(body);
        request.getResponseHeaders().set("Content-Type", "application/json");
        headers.forEach(request.getResponseHeaders()::set);
        request.sendResponseHeaders(status, json.length);
        request.getResponseBody().write(json);
        request.close();
      }
    }
  }
}
