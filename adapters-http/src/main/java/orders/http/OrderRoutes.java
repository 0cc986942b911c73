package orders.http;

import io.javalin.http.Context;
import java.time.Duration;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import orders.application.dispatch.LogContext;
import orders.application.port.Origin;
import orders.application.port.Role;
import orders.application.port.StoredOrder;
import orders.application.usecase.Expected;
import orders.application.usecase.ListOrders.Page;
import orders.application.usecase.Moved;
import orders.application.usecase.PlaceOrder;
import orders.domain.Event;
import orders.domain.OrderId;
import orders.domain.Purchase;
import orders.http.access.Access;
import orders.http.access.Principal;
import orders.http.access.Usage;
import orders.http.jetty.ObservedRequest;
import orders.http.limit.Shares;
import orders.http.limit.Shares.Share;
import orders.http.stream.LiveAnswers;
import orders.http.wire.Cursor;
import orders.http.wire.EntityTags;
import orders.http.wire.EventView;
import orders.http.wire.HistoryView;
import orders.http.wire.IdempotencyKeyHeader;
import orders.http.wire.ListQuery;
import orders.http.wire.OrderBody;
import orders.http.wire.OrderView;
import orders.http.wire.PageView;
import orders.http.wire.Preferences;
import orders.http.wire.Problem;
import orders.http.wire.ProblemType;
import orders.http.wire.RefusedRequest;
import orders.http.wire.RequestBody;
import orders.http.wire.Responses;
import org.slf4j.MDC;

/// The routes below `/orders`, and what happens to all of them.
final class OrderRoutes {
  static final String PATH = "/orders";

  private static final Access WHO_ORDERS =
      Access.only(Role.STOREFRONT, Role.CUSTOMER, Role.OPERATOR);

  private final UseCases useCases;
  private final LiveAnswers live;
  private final Currency defaultCurrency;
  private final Shares waits;

  /// @param waits requests that are held until their orders end
  OrderRoutes(UseCases useCases, LiveAnswers live, Currency defaultCurrency, Shares waits) {
    this.useCases = useCases;
    this.live = live;
    this.defaultCurrency = defaultCurrency;
    this.waits = waits;
  }

  void addTo(Routes routes) {
    routes.post(PATH, WHO_ORDERS, Usage.PLACE, this::place);
    routes.get(PATH, Access.everyRole(), Usage.READ, this::list);
    routes.get(PATH + "/{id}", Access.everyRole(), Usage.READ, this::find);
    routes.get(PATH + "/{id}/events", Access.everyRole(), Usage.READ, this::history);
    routes.get("/events", Access.everyRole(), Usage.READ, live::events);
    routes.post(PATH + "/{id}/cancel", WHO_ORDERS, Usage.PLACE, this::cancel);
    routes.post(PATH + "/{id}/retry", Access.only(Role.OPERATOR), Usage.PLACE, this::retry);
  }

  private void place(Context context, Principal principal) {
    Purchase purchase = OrderBody.parse(RequestBody.json(context), defaultCurrency);
    var origin =
        new Origin(
            principal.placedBy(),
            IdempotencyKeyHeader.of(context),
            ObservedRequest.traceOf(context));
    refuseForOthers(principal, purchase);
    switch (useCases.placeOrder().place(purchase, origin)) {
      case PlaceOrder.Outcome.Accepted(StoredOrder placed) -> {
        context.header("Location", PATH + "/" + placed.order().id());
        Responses.order(context, 201, placed);
      }
      case PlaceOrder.Outcome.KeyTaken _ ->
          throw new RefusedRequest(
              ProblemType.IDEMPOTENCY_KEY_REUSED,
              "An order with another body was placed under this Idempotency-Key.");
    }
  }

  private static void refuseForOthers(Principal principal, Purchase purchase) {
    if (!principal.placesFor(purchase.customer())) {
      throw new RefusedRequest(
          ProblemType.FORBIDDEN,
          "You may order for yourself only.",
          List.of(Problem.Violation.at("/customer_id", "must be your own")));
    }
  }

  private void list(Context context, Principal principal) {
    ListQuery query = ListQuery.parse(context);
    Page page =
        useCases
            .listOrders()
            .list(principal.viewer(), query.filter(), query.after(), query.limit());
    Optional<String> next = page.next().map(Cursor::of);
    next.ifPresent(cursor -> context.header("Link", "<" + query.next(cursor) + ">; rel=\"next\""));
    List<OrderView> data = page.orders().stream().map(OrderView::of).toList();
    Responses.json(context, 200, new PageView(data, next.orElse(null)));
  }

  private void find(Context context, Principal principal) throws InterruptedException {
    Optional<Duration> maxWait = Preferences.maxWait(context);
    Optional<EntityTags> had = EntityTags.ifNoneMatch(context);
    OrderId id = id(context);
    Optional<Share> share = maxWait.flatMap(_ -> waits.take(context, principal));
    if (share.isPresent()) {
      try (var _ = share.get()) {
        Optional<StoredOrder> found =
            useCases.awaitOrder().await(id, principal.viewer(), maxWait.orElseThrow());
        StoredOrder order = found.orElseThrow(OrderRoutes::unknownOrder);
        context.header("Preference-Applied", "wait=" + maxWait.orElseThrow().toSeconds());
        Responses.order(context, had, order);
      }
    } else {
      Optional<StoredOrder> found = useCases.findOrder().find(id, principal.viewer());
      Responses.order(context, had, found.orElseThrow(OrderRoutes::unknownOrder));
    }
  }

  private void history(Context context, Principal principal) throws InterruptedException {
    context.res().addHeader("Vary", "Accept");
    if (LiveAnswers.isWanted(context)) {
      if (!live.order(context, principal, id(context))) {
        throw unknownOrder();
      }
      return;
    }
    List<Event> events =
        useCases
            .readHistory()
            .read(id(context), principal.viewer())
            .orElseThrow(OrderRoutes::unknownOrder);
    Responses.json(context, 200, new HistoryView(events.stream().map(EventView::of).toList()));
  }

  private void cancel(Context context, Principal principal) {
    Expected expected = EntityTags.ifMatch(context);
    answer(context, useCases.cancelOrder().cancel(id(context), principal.viewer(), expected));
  }

  private void retry(Context context, Principal principal) {
    Expected expected = EntityTags.ifMatch(context);
    answer(context, useCases.retryOrder().retry(id(context), principal.viewer(), expected));
  }

  private static void answer(Context context, Moved moved) {
    switch (moved) {
      case Moved.Accepted(StoredOrder order) -> Responses.order(context, 202, order);
      case Moved.Refused(_, String explanation) ->
          throw new RefusedRequest(ProblemType.CONFLICT, explanation);
      case Moved.Outdated(long version) ->
          throw new RefusedRequest(
              ProblemType.PRECONDITION_FAILED, "The order is at version " + version + " now.");
      case Moved.Unknown _ -> throw unknownOrder();
    }
  }

  /// A malformed id is as unknown as any other that nobody was ever given.
  private static OrderId id(Context context) {
    OrderId id = OrderId.parse(context.pathParam("id")).orElseThrow(OrderRoutes::unknownOrder);
    MDC.put(LogContext.ORDER_ID, id.toString());
    return id;
  }

  private static RefusedRequest unknownOrder() {
    return new RefusedRequest(ProblemType.NOT_FOUND, "There is no such order.");
  }
}
