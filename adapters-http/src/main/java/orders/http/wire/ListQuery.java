package orders.http.wire;

import io.javalin.http.Context;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import orders.application.port.OrderQueries.Filter;
import orders.application.port.OrderQueries.Position;
import orders.application.usecase.ListOrders;
import orders.domain.CustomerId;
import orders.domain.MerchantId;
import orders.domain.Reference;
import orders.domain.Status;
import orders.domain.Text;

/// The query of `GET /orders`.
public record ListQuery(
    QueryParameters parameters, Filter filter, Optional<Position> after, int limit) {
  private static final int DEFAULT_LIMIT = 50;

  /// Java's own parser would also take a sign, and the digits of other scripts.
  private static final Pattern LIMIT = Pattern.compile("\\d{1,9}");

  private static final int MAX_YEAR = 9999;
  private static final String TEXT_RULE = "must be text of 1 to " + Text.MAX_LENGTH + " characters";
  private static final String TIME_RULE =
      "must be a time of RFC 3339, such as 2026-11-21T09:00:00Z";

  /// Java's own parser would also take times without seconds.
  private static final Pattern RFC_3339 =
      Pattern.compile(
          "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?(Z|[+-]\\d{2}:\\d{2})");

  /// @throws RefusedRequest naming every parameter that is wrong
  public static ListQuery parse(Context context) {
    QueryParameters query = new QueryParameters(context);
    Filter filter =
        new Filter(
            query.take("status", ListQuery::status, "must be one of " + statuses()),
            query
                .take("needs_attention", ListQuery::needsAttention, "must be true, or left out")
                .isPresent(),
            query.take("customer_id", text(CustomerId::new), TEXT_RULE),
            query.take("merchant_id", text(MerchantId::new), TEXT_RULE),
            query.take("reference", text(Reference::new), TEXT_RULE),
            Optional.empty(),
            query.take("created_from", ListQuery::time, TIME_RULE),
            query.take("created_to", ListQuery::time, TIME_RULE));
    Optional<Position> after =
        query.take("cursor", Cursor::parse, "must be a next_cursor of an earlier page");
    int limit =
        query
            .take(
                "limit",
                ListQuery::limit,
                "must be a whole number from 1 to " + ListOrders.MAX_LIMIT)
            .orElse(DEFAULT_LIMIT);
    query.refuseViolations();
    return new ListQuery(query, filter, after, limit);
  }

  /// Where the page after this one is.
  public String next(String cursor) {
    return "/orders?" + parameters.with("cursor", cursor);
  }

  private static String statuses() {
    return String.join(", ", Arrays.stream(Status.values()).map(Json::word).toList());
  }

  private static Optional<Status> status(String word) {
    return Arrays.stream(Status.values())
        .filter(status -> Json.word(status).equals(word))
        .findFirst();
  }

  /// There is no list of the orders that need none: it would be all but the whole.
  private static Optional<Boolean> needsAttention(String word) {
    return word.equals("true") ? Optional.of(true) : Optional.empty();
  }

  private static <T> Function<String, Optional<T>> text(Function<String, T> type) {
    return text -> Text.flaw(text).isPresent() ? Optional.empty() : Optional.of(type.apply(text));
  }

  private static Optional<Instant> time(String text) {
    if (!RFC_3339.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      OffsetDateTime time = OffsetDateTime.parse(text);
      return time.getYear() < 1 || time.getYear() > MAX_YEAR
          ? Optional.empty()
          : Optional.of(time.toInstant());
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  private static Optional<Integer> limit(String text) {
    return Optional.of(text)
        .filter(LIMIT.asMatchPredicate())
        .map(Integer::parseInt)
        .filter(limit -> limit >= 1 && limit <= ListOrders.MAX_LIMIT);
  }
}
