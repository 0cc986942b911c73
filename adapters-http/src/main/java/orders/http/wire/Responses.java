package orders.http.wire;

import io.javalin.http.Context;
import java.util.Optional;
import orders.application.port.StoredOrder;

/// Writes answers.
public final class Responses {
  private static final String JSON = "application/json";

  private Responses() {}

  public static void order(Context context, int status, StoredOrder stored) {
    OrderView view = OrderView.of(stored);
    tag(context, OrderTag.of(view));
    json(context, status, view);
  }

  /// The order, or that it is as the client has it already.
  ///
  /// @param had what the client has
  public static void order(Context context, Optional<EntityTags> had, StoredOrder stored) {
    OrderView view = OrderView.of(stored);
    String tag = OrderTag.of(view);
    tag(context, tag);
    if (had.isPresent() && had.get().include(tag)) {
      context.status(304).res().setContentType(null);
    } else {
      json(context, 200, view);
    }
  }

  /// A cache may keep the answer for its client alone, and must ask whether it still holds.
  private static void tag(Context context, String tag) {
    context.header("ETag", tag).header("Cache-Control", "private, no-cache");
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
