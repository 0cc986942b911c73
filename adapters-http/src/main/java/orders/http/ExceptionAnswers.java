package orders.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import orders.application.port.StoreUnavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns whatever goes wrong in a handler into a problem that says no more than the client may
/// know.
final class ExceptionAnswers {
  private static final Logger log = LoggerFactory.getLogger(ExceptionAnswers.class);

  private ExceptionAnswers() {}

  static void addTo(RoutesConfig routes) {
    routes.exception(RefusedRequest.class, (e, context) -> Responses.problem(context, e.problem()));
    routes.exception(StoreUnavailable.class, ExceptionAnswers::storeUnavailable);
    routes.exception(
        HttpResponseException.class,
        (e, context) -> Responses.problem(context, Problem.ofStatus(e.getStatus())));
    routes.exception(MethodNotAllowedResponse.class, ExceptionAnswers::methodNotAllowed);
    routes.exception(Exception.class, ExceptionAnswers::unexpected);
  }

  private static void methodNotAllowed(MethodNotAllowedResponse e, Context context) {
    context.header("Allow", e.getDetails().getOrDefault("availableMethods", ""));
    Responses.problem(context, Problem.ofStatus(e.getStatus()));
  }

  /// Whether a write happened may be unknown then, so the answer must not sound like a no.
  private static void storeUnavailable(StoreUnavailable e, Context context) {
    log.warn("{} {}: {}", context.method(), context.endpoint().path, e.getMessage());
    context.header("Retry-After", "1");
    String detail =
        switch (e.effect()) {
          case NONE -> "The database cannot be reached or is busy. Nothing was changed.";
          case UNKNOWN ->
              context.method().equals(HandlerType.GET)
                  ? "The database did not answer."
                  : "The database did not answer. Whether anything was changed is not known.";
        };
    Responses.problem(context, Problem.of(ProblemType.UNAVAILABLE, detail));
  }

  private static void unexpected(Exception e, Context context) {
    log.error("{} {} failed", context.method(), context.endpoint().path, e);
    Responses.problem(context, Problem.ofStatus(ProblemType.INTERNAL.status()));
  }
}
