package orders.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import orders.application.port.Passwords;
import orders.application.port.StoreUnavailable;
import orders.http.wire.IdempotencyKeyHeader;
import orders.http.wire.Json;
import orders.http.wire.Problem;
import orders.http.wire.ProblemType;
import orders.http.wire.RefusedRequest;
import orders.http.wire.RequestBody;
import orders.http.wire.Responses;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns whatever goes wrong in a handler into a problem that says no more than the client may
/// know.
final class ExceptionAnswers {
  private static final Logger log = LoggerFactory.getLogger(ExceptionAnswers.class);

  private static final Set<HandlerType> READING = Set.of(HandlerType.GET, HandlerType.HEAD);

  private ExceptionAnswers() {}

  static void addTo(RoutesConfig routes) {
    routes.exception(RefusedRequest.class, ExceptionAnswers::refused);
    routes.exception(StoreUnavailable.class, ExceptionAnswers::storeUnavailable);
    routes.exception(Passwords.Busy.class, ExceptionAnswers::busyWithPasswords);
    routes.exception(
        HttpResponseException.class,
        (e, context) -> Responses.problem(context, Problem.ofStatus(e.getStatus())));
    routes.exception(MethodNotAllowedResponse.class, ExceptionAnswers::methodNotAllowed);
    routes.exception(Exception.class, ExceptionAnswers::unexpected);
  }

  private static void refused(RefusedRequest e, Context context) {
    if (e.problem().status() == ProblemType.REQUEST_TIMEOUT.status()) {
      // Nobody waits for the rest of it.
      context.header("Connection", "close");
    } else {
      RequestBody.discard(context);
    }
    Responses.problem(context, e.problem());
  }

  private static void methodNotAllowed(MethodNotAllowedResponse e, Context context) {
    String found = e.getDetails().getOrDefault("availableMethods", "");
    context.header("Allow", AllowedMethods.field(List.of(found.split(", ", -1))));
    Responses.problem(context, Problem.ofStatus(e.getStatus()));
  }

  private static void busyWithPasswords(Passwords.Busy e, Context context) {
    context.header("Retry-After", "2");
    Responses.problem(
        context,
        Problem.of(
            ProblemType.UNAVAILABLE, "Too many passwords are to be checked. Nothing was changed."));
  }

  /// Whether a write happened may be unknown then, so the answer must not sound like a no.
  private static void storeUnavailable(StoreUnavailable e, Context context) {
    log.warn("{} {}: {}", context.method(), context.endpoint().path, e.getMessage());
    context.header("Retry-After", "1");
    String detail =
        switch (e.effect()) {
          case NONE -> "The database cannot be reached or is busy. Nothing was changed.";
          case UNKNOWN -> "The database did not answer. " + whatIsUnknown(context);
        };
    Responses.problem(context, Problem.of(ProblemType.UNAVAILABLE, detail));
  }

  private static String whatIsUnknown(Context context) {
    if (READING.contains(context.method())) {
      return "Nothing was changed.";
    }
    if (context.endpoint().path.startsWith(AccountRoutes.PATH + "/")) {
      return "Whether the account was made is not known: log in to see.";
    }
    if (!context.endpoint().path.equals(OrderRoutes.PATH)) {
      return "Whether the order was changed is not known: ask for it to see.";
    }
    return IdempotencyKeyHeader.isIn(context)
        ? "Whether the order was placed is not known. Sending it again with the same"
            + " Idempotency-Key is safe."
        : "Whether the order was placed is not known. Sending it again may place it twice, since it"
            + " had no Idempotency-Key.";
  }

  /// Memory or a stack ran out, or the program is broken; beyond the reach of Javalin's mappers.
  static void error(HttpServletResponse response, Error error) {
    log.error("A request failed", error);
    response.setStatus(ProblemType.INTERNAL.status());
    response.setContentType(Problem.MEDIA_TYPE);
    try {
      byte[] body = Json.write(Problem.ofStatus(ProblemType.INTERNAL.status()));
      response.getOutputStream().write(body);
    } catch (IOException _) {
      log.debug("Nobody is left to be told");
    }
  }

  private static void unexpected(Exception e, Context context) {
    log.error("{} {} failed", context.method(), context.endpoint().path, e);
    Responses.problem(context, Problem.ofStatus(ProblemType.INTERNAL.status()));
  }
}
