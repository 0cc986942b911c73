package orders.http;

import io.javalin.http.Context;
import java.time.Duration;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import orders.application.port.IdempotencyKey;
import orders.application.port.StoredOrder;
import orders.application.usecase.ListOrders.Page;
import orders.application.usecase.Moved;
import orders.application.usecase.PlaceOrder;
import orders.domain.Event;
import orders.domain.OrderId;
import orders.domain.Purchase;
import orders.http.wire.Cursor;
import orders.http.wire.EventView;
import orders.http.wire.HistoryView;
import orders.http.wire.IdempotencyKeyHeader;
import orders.http.wire.ListQuery;
import orders.http.wire.OrderBody;
import orders.http.wire.OrderView;
import orders.http.wire.PageView;
import orders.http.wire.Preferences;
import orders.http.wire.ProblemType;
import orders.http.wire.RefusedRequest;
import orders.http.wire.RequestBody;
import orders.http.wire.Responses;

/// The routes below `/orders`.
final class OrderRoutes {
  static final String PATH = "/orders";

  private final UseCases useCases;
  private final Currency defaultCurrency;
  private final Semaphore held;

  /// @param maxHeld how many requests may be held at once until their orders end
  OrderRoutes(UseCases useCases, Currency defaultCurrency, int maxHeld) {
    this.useCases = useCases;
    this.defaultCurrency = defaultCurrency;
    this.held = new Semaphore(maxHeld);
  }

  void addTo(Routes routes) {
    routes.post(PATH, this::place);
    routes.get(PATH, this::list);
    routes.get(PATH + "/{id}", this::find);
    routes.get(PATH + "/{id}/events", this::history);
    routes.post(PATH + "/{id}/cancel", this::cancel);
    routes.post(PATH + "/{id}/retry", this::retry);
  }

  private void place(Context context) {
    Purchase purchase = OrderBody.parse(RequestBody.json(context), defaultCurrency);
    Optional<IdempotencyKey> key = IdempotencyKeyHeader.of(context);
    switch (useCases.placeOrder().place(purchase, key)) {
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

  private void list(Context context) {
    ListQuery query = ListQuery.parse(context);
    Page page = useCases.listOrders().list(query.filter(), query.after(), query.limit());
    Optional<String> next = page.next().map(Cursor::of);
    next.ifPresent(cursor -> context.header("Link", "<" + query.next(cursor) + ">; rel=\"next\""));
    List<OrderView> data = page.orders().stream().map(OrderView::of).toList();
    Responses.json(context, 200, new PageView(data, next.orElse(null)));
  }

  private void find(Context context) throws InterruptedException {
    Optional<Duration> maxWait = Preferences.maxWait(context);
    OrderId id = id(context);
    if (maxWait.isPresent() && held.tryAcquire()) {
      try {
        hold(context, id, maxWait.get());
      } finally {
        held.release();
      }
    } else {
      Optional<StoredOrder> found = useCases.findOrder().find(id);
      Responses.order(context, 200, found.orElseThrow(OrderRoutes::unknownOrder));
    }
  }

  private void hold(Context context, OrderId id, Duration atMost) throws InterruptedException {
    Optional<StoredOrder> found = useCases.awaitOrder().await(id, atMost);
    StoredOrder order = found.orElseThrow(OrderRoutes::unknownOrder);
    context.header("Preference-Applied", "wait=" + atMost.toSeconds());
    Responses.order(context, 200, order);
  }

  private void history(Context context) {
    List<Event> events =
        useCases.readHistory().read(id(context)).orElseThrow(OrderRoutes::unknownOrder);
    Responses.json(context, 200, new HistoryView(events.stream().map(EventView::of).toList()));
  }

  private void cancel(Context context) {
    answer(context, useCases.cancelOrder().cancel(id(context)));
  }

  private void retry(Context context) {
    answer(context, useCases.retryOrder().retry(id(context)));
  }

  private static void answer(Context context, Moved moved) {
    switch (moved) {
      case Moved.Accepted(StoredOrder order) -> Responses.order(context, 202, order);
      case Moved.Refused(_, String explanation) ->
          throw new RefusedRequest(ProblemType.CONFLICT, explanation);
      case Moved.Unknown _ -> throw unknownOrder();
    }
  }

  /// A malformed id is as unknown as any other that nobody was ever given.
  private static OrderId id(Context context) {
    return OrderId.parse(context.pathParam("id")).orElseThrow(OrderRoutes::unknownOrder);
  }

  private static RefusedRequest unknownOrder() {
    return new RefusedRequest(ProblemType.NOT_FOUND, "There is no such order.");
  }
}
