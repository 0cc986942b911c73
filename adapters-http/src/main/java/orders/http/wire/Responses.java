package orders.http.wire;

import io.javalin.http.Context;
import orders.application.port.StoredOrder;

/// Writes answers.
public final class Responses {
  private static final String JSON = "application/json";

  private Responses() {}

  public static void order(Context context, int status, StoredOrder stored) {
    OrderView view = OrderView.of(stored);
    context.header("ETag", '"' + Long.toString(view.version()) + '"');
    json(context, status, view);
  }

  public static void json(Context context, int status, Object view) {
    context.status(status).contentType(JSON).result(Json.write(view));
  }

  public static void problem(Context context, Problem problem) {
    context
        .status(problem.status())
        .contentType(Problem.MEDIA_TYPE)
        .header("Cache-Control", "no-store")
        .result(Json.write(problem));
  }
}
