package orders.http.wire;

import java.util.Locale;

/// The kinds of problem that a request can run into, each with a stable URI.
public enum ProblemType {
  MALFORMED_REQUEST(400, "The request is malformed"),
  UNAUTHORIZED(401, "Who asks is not known"),
  FORBIDDEN(403, "This is not allowed"),
  NOT_FOUND(404, "There is nothing here"),
  METHOD_NOT_ALLOWED(405, "This method is not for this resource"),
  NOT_ACCEPTABLE(406, "There is nothing here in an accepted format"),
  REQUEST_TIMEOUT(408, "The request took too long to arrive"),
  CONFLICT(409, "This does not go with what is there"),
  GONE(410, "This is no longer there"),
  PRECONDITION_FAILED(412, "The order is not as it was"),
  TOO_LARGE(413, "The request is too large"),
  URI_TOO_LONG(414, "The address is too long"),
  UNSUPPORTED_MEDIA_TYPE(415, "The request is not in a supported format"),
  INVALID_ORDER(422, "The order is invalid"),
  IDEMPOTENCY_KEY_REUSED(422, "The idempotency key stands for another order"),
  INVALID_ACCOUNT(422, "The account is invalid"),
  TOO_MANY_REQUESTS(429, "There were too many requests"),
  HEADERS_TOO_LARGE(431, "The headers are too large"),
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

  public String uri() {
    return "/problems/" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The type for a status that the HTTP server itself came up with.
  public static ProblemType ofStatus(int status) {
    return switch (status) {
      case 401 -> UNAUTHORIZED;
      case 403 -> FORBIDDEN;
      case 404 -> NOT_FOUND;
      case 405 -> METHOD_NOT_ALLOWED;
      case 406 -> NOT_ACCEPTABLE;
      case 408 -> REQUEST_TIMEOUT;
      case 412 -> PRECONDITION_FAILED;
      case 413 -> TOO_LARGE;
      case 414 -> URI_TOO_LONG;
      case 415 -> UNSUPPORTED_MEDIA_TYPE;
      case 429 -> TOO_MANY_REQUESTS;
      case 431 -> HEADERS_TOO_LARGE;
      case 503 -> UNAVAILABLE;
      default -> status >= 500 ? INTERNAL : MALFORMED_REQUEST;
    };
  }
}
