package orders.http.wire;

import java.util.Locale;

/// The kinds of problem that a request can run into, each with a stable URI.
public enum ProblemType {
  MALFORMED_REQUEST(400, "The request is malformed"),
  NOT_FOUND(404, "There is nothing here"),
  METHOD_NOT_ALLOWED(405, "This method is not for this resource"),
  REQUEST_TIMEOUT(408, "The request took too long to arrive"),
  CONFLICT(409, "The order is not in a state for this"),
  TOO_LARGE(413, "The request is too large"),
  UNSUPPORTED_MEDIA_TYPE(415, "The request is not in a supported format"),
  INVALID_ORDER(422, "The order is invalid"),
  IDEMPOTENCY_KEY_REUSED(422, "The idempotency key stands for another order"),
  INTERNAL(500, "Something is wrong with the server"),
  UNAVAILABLE(503, "The server cannot do this right now");

  private final int status;
  private final String title;

  ProblemType(int status, String title) {
    this.status = status;
    this.title = title;
  }

  public int status() {
    return status;
  }

  String title() {
    return title;
  }

  String uri() {
    return "/problems/" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The type for a status that the HTTP server itself came up with.
  public static ProblemType ofStatus(int status) {
    return switch (status) {
      case 404 -> NOT_FOUND;
      case 405 -> METHOD_NOT_ALLOWED;
      case 408 -> REQUEST_TIMEOUT;
      case 413 -> TOO_LARGE;
      case 415 -> UNSUPPORTED_MEDIA_TYPE;
      case 503 -> UNAVAILABLE;
      default -> status >= 500 ? INTERNAL : MALFORMED_REQUEST;
    };
  }
}
